import type { InjectionToken } from '@nestjs/common';
import { decodeValue, encodeValue } from '../core/encoded-value.js';
import type { JobMessage } from '../core/job-message.js';
import { job } from '../core/spec/job.js';
import type { InputOf, ResultOf, TaskLike } from '../core/spec/task-types.js';
import { Comparison } from './expectation/differences.js';
import { findExpected } from './expectation/expected-job.js';
import type { PartialPayload } from './expectation/partial-payload.js';
import type { Laboratory } from './laboratory/laboratory.js';
import { SingleRun } from './laboratory/single-run.js';
import type { TestTasqueue } from './laboratory/test-tasqueue.js';
import type { ManualClock } from './manual-clock.js';
import type { DrainOptions, EnqueuedFilter, RunArguments, RunOptions } from './tester-options.js';
import type { TestingMode } from './testing-options.js';

/** Test frameworks end a test after five seconds: before that, it is told why. */
const DRAIN_TIMEOUT_MS = 4_000;

const FIELDS = ['queue', 'groupId', 'chainId', 'scheduleId'] as const;

/** The token of a tester: `app.get(getTasqueueTesterToken('reports'))`. Without a name: `TasqueueTester`. */
export function getTasqueueTesterToken(name?: string): InjectionToken<TasqueueTester> {
  return name === undefined ? TasqueueTester : `TasqueueTester(${name})`;
}

/**
 * Looks at what was enqueued, runs jobs and moves time. `enqueued`, `expectEnqueued` and `run` are
 * about the instance that it belongs to; `drain`, `advance` and `clock` about the whole application.
 */
export class TasqueueTester {
  readonly #laboratory: Laboratory;
  readonly #instance: TestTasqueue;

  /** Made by TasqueueTestingModule: `app.get(TasqueueTester)`. */
  constructor(laboratory: Laboratory, instance: TestTasqueue) {
    this.#laboratory = laboratory;
    this.#instance = instance;
  }

  get mode(): TestingMode {
    return this.#laboratory.options.mode;
  }

  /** Its time, the same for all instances. Throws InvalidStateError in `live` mode. */
  get clock(): ManualClock {
    return this.#laboratory.time.clock;
  }

  /**
   * Runs all that is due, and all that comes of it, until nothing is left; gives the jobs that ran, in
   * the order of their start. What waits for time to pass, or in a paused queue, stays. Rejects with
   * TimeoutError when handlers take too long.
   */
  drain({ timeout = DRAIN_TIMEOUT_MS }: DrainOptions = {}): Promise<JobMessage[]> {
    return this.#laboratory.time.drain(timeout);
  }

  /**
   * Moves time on by `ms`, and runs on the way, each at its instant, what comes due: delayed jobs,
   * retries, slots of schedules. Gives the jobs that ran. Throws InvalidStateError in `live` mode.
   */
  advance(ms: number): Promise<JobMessage[]> {
    return this.#laboratory.time.advance(ms);
  }

  /**
   * What was enqueued so far, also by the engine (follow-ups, members, steps whose turn has come), as
   * it was then. Without the schedules that `@Task` declares: nobody had to enqueue them.
   */
  enqueued<Task extends TaskLike>(filter: EnqueuedFilter<Task> = {}): JobMessage<InputOf<Task>>[] {
    const found: JobMessage[] = this.#instance
      .enqueued()
      .filter((message) => isMeant(message, filter));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of this task, where one is given
    return found as JobMessage<InputOf<Task>>[];
  }

  /**
   * Gives the first job of this task whose payload has what is expected. Otherwise throws an
   * AssertionError that shows what was enqueued instead. Keys left out may be anything.
   */
  expectEnqueued<Task extends TaskLike>(
    task: Task,
    payload?: PartialPayload<InputOf<Task>>,
  ): JobMessage<InputOf<Task>> {
    const { codec } = this.#instance.setting.settings;
    const comparison = new Comparison((value) => decodeValue(codec, encodeValue(codec, value)));
    const expected = { task: nameOf(task), payload };
    const found: JobMessage = findExpected(expected, this.#instance.enqueued(), comparison);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a job of this task
    return found as JobMessage<InputOf<Task>>;
  }

  /**
   * Runs the handler of a task once, with codec, schemas, enhancers and scopes around it, and gives its
   * result, or rejects with its error. Nothing is enqueued or recorded, nothing retried, no callback
   * called. Works where no worker does.
   */
  async run<Task extends TaskLike>(
    task: Task,
    ...rest: RunArguments<Task>
  ): Promise<ResultOf<Task>> {
    const [payload, { prevJobResult, ...options } = {}]: [unknown?, RunOptions?] = rest;
    const spec = job<TaskLike>(task, payload, options);
    const result = await new SingleRun(this.#instance.setting).result(spec, prevJobResult);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the handler of this task gave
    return result as ResultOf<Task>;
  }

  /**
   * Deletes what waits and what has ended, and forgets what was enqueued: so that tests which share an
   * application do not share jobs. Schedules and the time stay.
   */
  async clear(): Promise<void> {
    const { admin, broker } = this.#instance;
    for (const queue of await admin.queues()) await admin.clear(queue);
    await admin.deleteAll();
    broker.journal.clear();
  }
}

function nameOf(task: TaskLike): string {
  return typeof task === 'string' ? task : task.name;
}

function isMeant(message: JobMessage, { task, ...fields }: EnqueuedFilter): boolean {
  if (task !== undefined && message.task !== nameOf(task)) return false;
  return FIELDS.every((key) => fields[key] === undefined || fields[key] === message[key]);
}
