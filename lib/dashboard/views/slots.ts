import type { CronReader, CronSpec } from '../../core/cron.js';
import type { Instant } from '../contract/index.js';
import { instant } from './instants.js';

/** The slots of a schedule from `first` on; fewer where it does not fire so often any more. */
export function slotsFrom(first: Date, count: number, spec: CronSpec, cron: CronReader): Instant[] {
  const slots = [instant(first)];
  let at: number | undefined = first.getTime();
  while (slots.length < count) {
    at = cron.next(spec, at);
    if (at === undefined) break;
    slots.push(instant(new Date(at)));
  }
  return slots;
}
