import { advance, type LifecycleEvent, type LifecycleState } from '../../../lib/core/lifecycle.js';
import type { TasqueueEventName } from '../../../lib/core/events.js';

/** What its handler does: returns, throws, or goes on until somebody ends it. */
export type Kind = 'give' | 'fail' | 'hold';

export interface ModelJob {
  readonly id: string;
  readonly kind: Kind;
  readonly retries: number;
  readonly priority: number;
  /** Its delay is far from over. */
  readonly far: boolean;
  readonly state: LifecycleState;
  readonly retried: number;
  /** Its place among those that wait. */
  readonly place: number;
}

/** All that one worker with one slot, one client and one administrator can see. */
export interface Life {
  readonly jobs: ReadonlyMap<string, ModelJob>;
  readonly paused: boolean;
  readonly places: number;
  /** What is told of each id, in order. */
  readonly trace: readonly string[];
}

export const BEGINNING: Life = { jobs: new Map(), paused: false, places: 0, trace: [] };

export const stateOf = ({ jobs }: Life, id: string): LifecycleState =>
  jobs.get(id)?.state ?? 'none';

export const running = ({ jobs }: Life): ModelJob | undefined =>
  [...jobs.values()].find(({ state }) => state === 'processing');

/** Something happens to a job, which must be legal by docs/lifecycle.md; it is told under this name. */
export function happen(
  life: Life,
  job: ModelJob,
  event: LifecycleEvent,
  told?: TasqueueEventName,
): Life {
  const state = advance(stateOf(life, job.id), event);
  const jobs = new Map(life.jobs).set(job.id, { ...job, state });
  if (state === 'none') jobs.delete(job.id);
  return { ...life, jobs, trace: told ? [...life.trace, `${told} ${job.id}`] : life.trace };
}

/** Lets the worker do all that it can: one job after the other, by priority, then in order. */
export function work(life: Life): Life {
  if (life.paused || running(life)) return life;
  const [next] = [...life.jobs.values()]
    .filter(({ state }) => state === 'queued')
    .toSorted((a, b) => b.priority - a.priority || a.place - b.place);
  if (next === undefined) return life;
  const begun = happen(life, next, 'begin', 'processing');
  if (next.kind === 'hold') return begun;
  return end(begun, next, next.kind === 'give');
}

/** Its handler ends, well or not; the worker goes on with the next. */
export function end(life: Life, job: ModelJob, well: boolean): Life {
  if (well) return work(happen(life, job, 'succeed', 'successful'));
  if (job.retried < job.retries)
    return work(happen(life, { ...job, retried: job.retried + 1 }, 'fail-retry', 'retrying'));
  return work(happen(life, job, 'fail', 'failed'));
}

/** A newcomer goes behind those that wait. */
export function accept(life: Life, job: Omit<ModelJob, 'state' | 'place' | 'retried'>): Life {
  if (stateOf(life, job.id) !== 'none') return life;
  const placed: ModelJob = { ...job, state: 'none', retried: 0, place: life.places };
  const next = { ...life, places: life.places + 1 };
  return work(happen(next, placed, job.far ? 'enqueue-later' : 'enqueue', 'enqueued'));
}
