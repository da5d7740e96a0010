import { Cron } from 'croner';
import type { CronReader, CronSpec } from '../../core/cron.js';

/** Parsed expressions are kept, up to this many: a worker asks for the same few at every slot. */
const MOST_KEPT = 1_000;
const FIELDS: ReadonlySet<number> = new Set([5, 6]);
/** Patterns hold no year: what never fires after this instant never fires at all. */
const ANY_INSTANT = new Date(0);

/**
 * Reads cron expressions with croner. A time that the clock skips runs as the gap ends, one that comes
 * twice runs once, at its first coming; patterns with more than one time a day follow real time instead.
 */
class CronerReader implements CronReader {
  readonly #kept = new Map<string, Cron>();

  problem(spec: CronSpec): string | undefined {
    if (!hasFields(spec.cron))
      return `expected a cron expression of five or six fields, got '${spec.cron}'`;
    if (!isTimeZone(spec.timezone))
      return `expected an IANA time zone such as 'Europe/Berlin', got '${spec.timezone}'`;
    try {
      return this.#read(spec).nextRun(ANY_INSTANT) === null
        ? `expected a cron expression that fires, got '${spec.cron}', which never does`
        : undefined;
    } catch (error) {
      return `expected a cron expression, got '${spec.cron}' (${reasonOf(error)})`;
    }
  }

  next(spec: CronSpec, after: number): number | undefined {
    return this.#read(spec).nextRun(new Date(after))?.getTime();
  }

  latest(spec: CronSpec, at: number): number | undefined {
    // Croner leaves the instant itself out: one more ms lets it in.
    return this.#read(spec)
      .previousRuns(1, new Date(at + 1))[0]
      ?.getTime();
  }

  #read({ cron, timezone = 'UTC' }: CronSpec): Cron {
    const key = `${timezone} ${cron}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const parsed = new Cron(cron, { timezone, mode: '5-or-6-parts', paused: true });
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, parsed);
    return parsed;
  }
}

/** Croner would also take dates, which hold colons, and nicknames such as `@daily`. */
function hasFields(cron: string): boolean {
  return FIELDS.has(cron.trim().split(/\s+/).length) && !cron.includes(':');
}

function isTimeZone(timezone = 'UTC'): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
}

export const cronerReader: CronReader = new CronerReader();
