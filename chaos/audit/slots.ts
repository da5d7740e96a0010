import type { Evidence } from './evidence.js';
import { type Violation, wrong } from './violation.js';

const SECOND_MS = 1_000;

/** The instants at which a schedule ran, as its runs are named; ms, in order. */
export function slotsOf(evidence: Evidence, scheduleId: string): number[] {
  return [...evidence.records.keys()]
    .filter((id) => id.startsWith(`${scheduleId}:`))
    .map((id) => Date.parse(id.slice(scheduleId.length + 1)))
    .sort((a, b) => a - b);
}

/** Each run of a schedule stands for a slot of its own, and none for one that was none. */
export function slots(evidence: Evidence, calmAt: number): Violation[] {
  return [...evidence.ledger.lives.values()].flatMap(({ id, what, askedAt }) =>
    what.kind !== 'schedule'
      ? []
      : slotsOf(evidence, id)
          .filter((slot) => slot % SECOND_MS !== 0 || slot < askedAt || slot > calmAt + SECOND_MS)
          .map((slot) => wrong(id, `it ran for ${new Date(slot).toISOString()}, which is no slot`)),
  );
}
