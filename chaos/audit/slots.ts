import type { Life } from '../workload/ledger.js';
import type { Evidence } from './evidence.js';
import { lost, type Violation, wrong } from './violation.js';

const SECOND_MS = 1_000;
/**
 * Slots that may be missed each time that something stands still: whoever holds a schedule as it dies holds
 * it up for a lease and a beat, and of what was missed the latest runs.
 */
const MISSED_PER_TROUBLE = 3;

/** The runs of schedules stand for slots that there were, each for one, and hardly any slot has none. */
export function slots(evidence: Evidence, calmAt: number, troubles: number): Violation[] {
  return [...evidence.ledger.lives.values()].flatMap((life) => {
    if (life.what.kind !== 'schedule') return [];
    const ran = slotsOf(evidence, life.id);
    return [...invented(life, ran, calmAt), ...missed(life, ran, troubles)];
  });
}

/** The instants at which a schedule ran, as its runs are named; ms, in order. */
function slotsOf({ records }: Evidence, scheduleId: string): number[] {
  return [...records.keys()]
    .filter((id) => id.startsWith(`${scheduleId}:`))
    .map((id) => Date.parse(id.slice(scheduleId.length + 1)))
    .sort((a, b) => a - b);
}

function invented({ id, askedAt }: Life, ran: readonly number[], calmAt: number): Violation[] {
  return ran
    .filter((slot) => slot % SECOND_MS !== 0 || slot < askedAt || slot > calmAt + SECOND_MS)
    .map((slot) => wrong(id, `it ran for ${new Date(slot).toISOString()}, which is no slot`));
}

function missed({ id }: Life, ran: readonly number[], troubles: number): Violation[] {
  const [first = 0, last = 0] = [ran[0], ran.at(-1)];
  const count = (last - first) / SECOND_MS + 1 - ran.length;
  if (ran.length === 0 || count <= troubles * MISSED_PER_TROUBLE) return [];
  return [lost(id, `${count} slots between its first and its last have no run`)];
}
