import type { Stamped } from '../worker/journal.js';
import { QUEUES } from '../workload/job-deck.js';
import type { Evidence } from './evidence.js';
import { actsOn } from './fate-of-jobs.js';
import { type Violation, wrong } from './violation.js';

/** Server time is known to clients to a fraction of a round trip, and these are slow on a bad day. */
const EARLY_TOLERANCE_MS = 250;
/** What a worker was handed just before may still start. */
const LATE_START_MS = 1_000;

const capacities = new Map<string, number>(
  Object.entries(QUEUES).map(([queue, { concurrency }]) => [queue, concurrency]),
);

type Start = Extract<Stamped, { kind: 'start' }>;

/** What handlers saw: their payloads whole, never too early, never too many at once, nothing that was called off. */
export function handlerRuns(evidence: Evidence, stopped: ReadonlySet<number>): Violation[] {
  const starts = evidence.journal.filter((entry): entry is Start => entry.kind === 'start');
  return [
    ...starts
      .filter(({ whole }) => !whole)
      .map(({ id }) => wrong(id, 'its handler was given another payload than was sent')),
    ...starts.flatMap((start) => early(evidence, start)),
    ...starts.filter(({ pid }) => !stopped.has(pid)).flatMap((start) => calledOff(evidence, start)),
    ...crowds(evidence.journal),
  ];
}

function early({ kin, ledger, journal }: Evidence, start: Start): Violation[] {
  const known = kin.get(start.id);
  if (known?.what.kind !== 'job') return [];
  const { delay = 0, backoff } = known.what.spec.options;
  const life = ledger.lives.get(start.id);
  const pauseMs = typeof backoff === 'object' ? backoff.delay : 0;
  const retryable = journal.flatMap((entry) =>
    entry.kind === 'end' &&
    entry.id === start.id &&
    entry.how === 'thrown' &&
    entry.retried === start.retried - 1
      ? [entry.at + pauseMs]
      : [],
  );
  const isRetriedByHand = ledger.actsOn(start.id).some(({ verb }) => verb === 'retry');
  const dueAt =
    start.retried > 0
      ? Math.min(...retryable)
      : life !== undefined && !isRetriedByHand
        ? life.askedAt + delay
        : 0;
  const tooEarlyMs = Number.isFinite(dueAt) ? dueAt - start.at : 0;
  return tooEarlyMs > EARLY_TOLERANCE_MS
    ? [wrong(start.id, `it started ${Math.round(tooEarlyMs)} ms too early`)]
    : [];
}

/** Nothing starts a good while after its cancel or deletion was confirmed. */
function calledOff(evidence: Evidence, start: Start): Violation[] {
  const known = evidence.kin.get(start.id);
  if (known === undefined) return [];
  const acts = actsOn(evidence, known);
  if (acts.some(({ verb }) => verb === 'retry')) return [];
  return evidence.ledger
    .actsOn(start.id)
    .flatMap(({ verb, answer, answeredAt = Infinity }) =>
      answer === 'done' && start.at > answeredAt + LATE_START_MS
        ? [wrong(start.id, `it started after its ${verb} was confirmed`)]
        : [],
    );
}

/** In no process more handlers of a queue at once than it has slots. */
function crowds(journal: readonly Stamped[]): Violation[] {
  const running = new Map<string, number>();
  return journal.flatMap((entry) => {
    if (entry.kind !== 'start' && entry.kind !== 'end') return [];
    const place = `${entry.queue} ${entry.pid}`;
    const count = (running.get(place) ?? 0) + (entry.kind === 'start' ? 1 : -1);
    running.set(place, count);
    const capacity = capacities.get(entry.queue) ?? 0;
    return count > capacity && entry.kind === 'start'
      ? [wrong(entry.id, `it started as number ${count} of ${capacity} in process ${entry.pid}`)]
      : [];
  });
}
