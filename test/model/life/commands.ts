import * as fc from 'fast-check';
import { InvalidStateError, NotFoundError } from '../../../lib/core/errors.js';
import { isFinal } from '../../../lib/core/job-status.js';
import { accept, end, happen, type Life, running, stateOf, work } from './model.js';
import { LIFE_QUEUE, type LifeScene } from './scene.js';

const FAR_MS = 3_600_000;

/** What somebody does: in the model, and in the world. `answer` is what the caller is to hear. */
export class Command {
  constructor(
    readonly name: string,
    readonly apply: (life: Life) => { readonly life: Life; readonly answer: unknown },
    readonly run: (scene: LifeScene) => Promise<unknown>,
  ) {}

  [fc.toStringMethod](): string {
    return this.name;
  }
}

const anyId = fc.constantFrom('a', 'b', 'c', 'd', 'e');

const enqueue = fc
  .record({
    id: anyId,
    kind: fc.constantFrom('give' as const, 'fail' as const, 'hold' as const),
    retries: fc.constantFrom(0, 0, 1),
    priority: fc.constantFrom(0, 0, 1),
    far: fc.constantFrom(false, false, false, true),
  })
  .map(
    (job) =>
      new Command(
        `enqueue ${JSON.stringify(job)}`,
        (life) => ({ life: accept(life, job), answer: stateOf(life, job.id) !== 'none' }),
        async ({ instance }) => {
          const { id, kind, retries, priority, far } = job;
          const terms = { id, maxRetries: retries, backoff: FAR_MS, priority };
          const options = { ...terms, delay: far ? FAR_MS : undefined };
          return (await instance.client.enqueue(kind, id, options)).duplicate;
        },
      ),
  );

/** What it was refused with, if it may be refused. */
async function answered(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NotFoundError) return 'unknown';
    if (error instanceof InvalidStateError) return 'refused';
    throw error;
  }
}

const cancel = anyId.map(
  (id) =>
    new Command(
      `cancel ${id}`,
      (life) => {
        const job = life.jobs.get(id);
        if (!job) return { life, answer: 'unknown' };
        if (isOver(job.state)) return { life, answer: false };
        return { life: work(happen(life, job, 'cancel', 'cancelled')), answer: true };
      },
      ({ instance }) => answered(instance.client.cancel(id)),
    ),
);

const remove = anyId.map(
  (id) =>
    new Command(
      `delete ${id}`,
      (life) => {
        const job = life.jobs.get(id);
        if (!job) return { life, answer: 'unknown' };
        return { life: work(happen(life, job, 'delete', 'deleted')), answer: undefined };
      },
      ({ instance }) => answered(instance.client.deleteJob(id)),
    ),
);

const retry = anyId.map(
  (id) =>
    new Command(
      `retry ${id}`,
      (life) => {
        const job = life.jobs.get(id);
        if (!job) return { life, answer: 'unknown' };
        if (job.state !== 'failed' && job.state !== 'cancelled') return { life, answer: 'refused' };
        const again = { ...job, retried: 0, place: life.places, far: false };
        const next = { ...life, places: life.places + 1 };
        return { life: work(happen(next, again, 'retry', 'enqueued')), answer: undefined };
      },
      ({ instance }) => answered(instance.client.retry(id)),
    ),
);

const endHeld = fc.boolean().map(
  (well) =>
    new Command(
      well ? 'finish' : 'fail',
      (life) => {
        const job = running(life);
        return { life: job ? end(life, job, well) : life, answer: undefined };
      },
      async ({ instance: { held } }) => {
        const run = held.runs.at(-1);
        if (well) run?.finish('held');
        else run?.fail(new Error('held'));
      },
    ),
);

const paused = (pause: boolean) =>
  fc.constant(
    new Command(
      pause ? 'pause' : 'resume',
      (life) => ({ life: work({ ...life, paused: pause }), answer: undefined }),
      ({ instance: { admin } }) => (pause ? admin.pause(LIFE_QUEUE) : admin.resume(LIFE_QUEUE)),
    ),
  );

function isOver(state: ReturnType<typeof stateOf>): boolean {
  return state !== 'none' && isFinal(state);
}

export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: enqueue },
  { weight: 2, arbitrary: cancel },
  { weight: 2, arbitrary: remove },
  { weight: 3, arbitrary: retry },
  { weight: 4, arbitrary: endHeld },
  { weight: 1, arbitrary: paused(true) },
  { weight: 2, arbitrary: paused(false) },
);
