import { isFinal } from '../../lib/core/job-status.js';
import type { Outcome } from '../worker/journal.js';
import type { Evidence } from './evidence.js';
import { doubled, type Violation, wrong } from './violation.js';

const nameOf = ({ status, run, finishedAt }: Outcome): string =>
  `${status} by run ${run} at ${finishedAt}`;

/** At most one outcome of each id and generation was ever recorded, and it is the one on record. */
export function outcomes({ journal, records }: Evidence): Violation[] {
  const seen = new Map<string, Map<number, Set<string>>>();
  const note = (outcome: Outcome): void => {
    const lives = seen.get(outcome.id) ?? new Map<number, Set<string>>();
    seen.set(outcome.id, lives);
    lives.set(
      outcome.generation,
      (lives.get(outcome.generation) ?? new Set()).add(nameOf(outcome)),
    );
  };
  for (const entry of journal) if (entry.kind === 'outcome') note(entry);
  for (const record of records.values())
    if (record.kind === 'job' && isFinal(record.status)) note(record);
  const doubles = [...seen].flatMap(([id, lives]) =>
    [...lives].flatMap(([generation, names]) =>
      names.size > 1
        ? [doubled(id, `generation ${generation} ended as ${[...names].join(', and as ')}`)]
        : [],
    ),
  );
  return [...doubles, ...older({ journal, records })];
}

/** A record of a generation lower than one that has ended was brought back from the past. */
function older({ journal, records }: Pick<Evidence, 'journal' | 'records'>): Violation[] {
  return journal.flatMap((entry) => {
    if (entry.kind !== 'outcome') return [];
    const record = records.get(entry.id);
    if (record === undefined || record.generation >= entry.generation) return [];
    return [wrong(entry.id, `generation ${entry.generation} ended, and is forgotten`)];
  });
}
