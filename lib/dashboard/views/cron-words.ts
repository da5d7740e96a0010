// CommonJS, whose one export is a class.
import cronstrue from 'cronstrue';

/** A cron expression in English; the expression itself where nobody finds words for it. */
export function cronWords(cron: string): string {
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: false });
  } catch {
    return cron;
  }
}
