import { audit } from '../audit/audit.js';
import { type Evidence, gather } from '../audit/evidence.js';
import { historyOf } from '../audit/history.js';
import { type Violation, wrong } from '../audit/violation.js';
import type { Suffered } from '../misfortunes/execute.js';
import type { Stamped } from '../worker/journal.js';
import type { Terms } from '../worker/orders.js';
import type { Ledger } from '../workload/ledger.js';
import type { Caller } from './callers.js';
import type { SeedReport } from './seed-report.js';
import type { Stage } from './stage.js';

/** What is known when all has come to rest. */
export interface Past {
  readonly seed: number;
  readonly name: string;
  readonly beganAt: number;
  readonly turmoilAt: number;
  readonly calmAt: number;
  readonly terms: Terms;
  readonly ledger: Ledger;
  readonly suffered: Suffered;
  /** What callers have written. */
  readonly lines: readonly Stamped[];
}

/** More histories than this tell a reader nothing more. */
const MOST_HISTORIES = 8;

export async function reckon(
  past: Past,
  { fleet, ground }: Pick<Stage, 'fleet' | 'ground'>,
  { tasqueue, stores }: Caller,
): Promise<SeedReport> {
  const { seed, name, beganAt, turmoilAt, calmAt, terms, ledger, suffered, lines } = past;
  const journal = [...fleet.journal(), ...lines].sort((a, b) => a.at - b.at);
  const kills = fleet.workers.filter(({ dead }) => dead).length;
  const evidence = await gather(tasqueue, stores, { ledger, journal });
  const violations: Violation[] = [
    ...audit(evidence, {
      maxCrashes: terms.maxCrashes,
      calmAt,
      stopped: suffered.stopped,
      troubles: kills + suffered.faults,
    }),
    ...fleet.troubles().map((trouble) => wrong('the workers', trouble)),
    ...(await ground.leftovers(name, new Set(evidence.records.keys()))).map((left) =>
      wrong('the server', `it still holds ${left}`),
    ),
  ];
  return {
    seed,
    tookMs: Math.round(performance.timeOrigin + performance.now() - beganAt),
    ...figures(evidence),
    kills,
    faults: suffered.faults,
    violations: violations.map((violation, index) => ({
      ...violation,
      history:
        index < MOST_HISTORIES
          ? [...suffered.account, ...historyOf(evidence, violation.id, turmoilAt)]
          : [],
    })),
  };
}

function figures({ journal, records }: Evidence) {
  const starts = journal.filter(({ kind }) => kind === 'start').length;
  const ran = new Set(journal.flatMap((entry) => (entry.kind === 'start' ? [entry.id] : [])));
  let retries = 0;
  let ended = 0;
  for (const record of records.values())
    if (record.kind === 'job') {
      ended += 1;
      retries += record.retried + record.generation - 1;
    }
  return { jobs: ended, starts, reexecutions: Math.max(0, starts - ran.size - retries) };
}
