import { isFinal } from '../../lib/core/job-status.js';
import type { Evidence } from './evidence.js';
import { doubled, lost, type Violation, wrong } from './violation.js';

const STATUSES = ['successful', 'failed', 'cancelled'] as const;
const NOTHING_LEFT = { queued: 0, scheduled: 0, retrying: 0, processing: 0 };

/** Lists, counts and records say the same. */
export function lists(evidence: Evidence): Violation[] {
  return [...entries(evidence), ...unlisted(evidence), ...counts(evidence)];
}

/** Everything in a list is on record as the list has it, is there once, and was asked for by somebody. */
function entries({ lists: listed, records, kin, ledger }: Evidence): Violation[] {
  const seen = new Set<string>();
  return STATUSES.flatMap((status) =>
    listed[status].flatMap(({ id, scheduleId }) => {
      const record = records.get(id);
      const found: Violation[] = [];
      if (seen.has(id)) found.push(doubled(id, 'it is listed twice'));
      seen.add(id);
      if (record?.kind !== 'job' || record.status !== status)
        found.push(wrong(id, `it is listed as ${status}, and is not`));
      const isAsked = scheduleId === undefined ? kin.has(id) : ledger.lives.has(scheduleId);
      if (!isAsked) found.push(doubled(id, 'nobody has asked for it'));
      return found;
    }),
  );
}

function unlisted({ lists: listed, records }: Evidence): Violation[] {
  const all = new Set(STATUSES.flatMap((status) => listed[status].map(({ id }) => id)));
  return [...records.values()].flatMap((record) =>
    record.kind === 'job' && isFinal(record.status) && !all.has(record.id)
      ? [lost(record.id, `it is ${record.status}, and in no list`)]
      : [],
  );
}

function counts({ lists: listed, stats }: Evidence): Violation[] {
  return [...stats].flatMap(([queue, stat]) => {
    const expected: Record<string, number> = { ...NOTHING_LEFT };
    for (const status of STATUSES)
      expected[status] = listed[status].filter((item) => item.queue === queue).length;
    return Object.entries(expected).flatMap(([name, count]) => {
      const told: unknown = Reflect.get(stat, name);
      return told === count
        ? []
        : [wrong(queue, `this queue counts ${String(told)} ${name}, and there are ${count}`)];
    });
  });
}
