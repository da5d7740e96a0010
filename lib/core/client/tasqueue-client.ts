import type { ChainMessage, GroupMessage, JobMessage } from '../job-message.js';
import { job } from '../spec/job.js';
import { isChainSpec, isGroupSpec, isJobSpec, jobs } from '../spec/spec-checks.js';
import type { ChainSpec, GroupSpec, JobSpec } from '../spec/job-spec.js';
import type { EnqueueArguments, ResultOf, SpecResults, TaskLike } from '../spec/task-types.js';
import { expected, refuse } from '../validation/check.js';
import { shape } from '../validation/shape.js';
import type { ClientParts } from './client-parts.js';
import {
  RESULT_OPTIONS,
  type ChainHandle,
  type GroupHandle,
  type JobHandle,
  type ResultOptions,
} from './handles.js';
import type { Sent } from './job-sender.js';

const DEFAULT_RESULT_TIMEOUT_MS = 30_000;

const checkResultOptions = shape(RESULT_OPTIONS);

/** The typed handles of a list of specs, in order. */
type Handles<Specs extends readonly JobSpec[]> = {
  -readonly [Index in keyof SpecResults<Specs>]: JobHandle<SpecResults<Specs>[Index]>;
};

/**
 * Enqueues jobs, groups and chains, and tells what became of them. Inject it wherever work arises.
 * Every call rejects with ClosedError once the application has closed, and with
 * BrokerUnavailableError or ResultsUnavailableError when a store cannot be reached.
 */
export class TasqueueClient {
  readonly #parts: ClientParts;

  /** Made by the module; inject it. */
  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /**
   * Accepts a job. Throws InvalidOptionsError, UnknownTaskError, PayloadValidationError,
   * PayloadTooLargeError or EncodingError before anything is sent; BrokerUnavailableError when the
   * broker did not confirm: sending the same id again is safe.
   */
  enqueue<Result>(spec: JobSpec<Result>): Promise<JobHandle<Result>>;
  enqueue<Task extends TaskLike>(
    task: Task,
    ...rest: EnqueueArguments<Task>
  ): Promise<JobHandle<ResultOf<Task>>>;
  async enqueue(task: TaskLike | JobSpec, ...rest: unknown[]): Promise<JobHandle> {
    const spec = isJobSpec(task) ? alone(task, rest) : jobOf(task, rest);
    return this.#jobHandle(await this.#parts.sender.job(spec));
  }

  /** Accepts jobs together: with one invalid, nothing is written. */
  async enqueueMany<const Specs extends readonly JobSpec[]>(specs: Specs): Promise<Handles<Specs>> {
    refuse('enqueueMany()', jobs(specs, 'jobs'));
    const sent = await this.#parts.sender.jobs(specs);
    // oxlint-disable-next-line no-unsafe-type-assertion -- one handle per spec, in order
    return sent.map((one) => this.#jobHandle(one)) as Handles<Specs>;
  }

  /** Accepts a group: its jobs run side by side. */
  async enqueueGroup<Results extends readonly unknown[]>(
    spec: GroupSpec<Results>,
  ): Promise<GroupHandle<Results>> {
    const { sender, reader } = this.#parts;
    if (!isGroupSpec(spec))
      refuse('enqueueGroup()', [expected('what group() gives', 'group', spec)]);
    const { id, duplicate, memberIds } = await sender.group(spec);
    return {
      id,
      duplicate,
      jobIds: duplicate ? await reader.memberIds(id) : memberIds,
      get: () => this.getGroup(id),
      result: (options) => this.#wait<Results>(id, options),
    };
  }

  /** Accepts a chain: its steps run one after the other. */
  async enqueueChain<Result>(spec: ChainSpec<Result>): Promise<ChainHandle<Result>> {
    if (!isChainSpec(spec))
      refuse('enqueueChain()', [expected('what chain() gives', 'chain', spec)]);
    const { id, duplicate } = await this.#parts.sender.chain(spec);
    return {
      id,
      duplicate,
      get: () => this.getChain(id),
      result: (options) => this.#wait<Result>(id, options),
    };
  }

  /** Rejects with NotFoundError for an unknown id. */
  async getJob<Payload = unknown>(id: string): Promise<JobMessage<Payload>> {
    await this.#parts.gate.pass();
    const found: JobMessage = await this.#parts.reader.job(id);
    // oxlint-disable-next-line no-unsafe-type-assertion -- what was enqueued under this id is the caller's to know
    return found as JobMessage<Payload>;
  }

  async getGroup(id: string): Promise<GroupMessage> {
    await this.#parts.gate.pass();
    return this.#parts.reader.group(id);
  }

  async getChain(id: string): Promise<ChainMessage> {
    await this.#parts.gate.pass();
    return this.#parts.reader.chain(id);
  }

  /** A job's saved value, a group's results in member order, a chain's last; undefined while there is none. */
  async getResult<Result = unknown>(id: string): Promise<Result | undefined> {
    await this.#parts.gate.pass();
    const found: unknown = await this.#parts.reader.result(id);
    // oxlint-disable-next-line no-unsafe-type-assertion -- what was enqueued under this id is the caller's to know
    return found as Result | undefined;
  }

  /** Removes a job, its result and its place in every list; one not claimed yet never runs. */
  async deleteJob(id: string): Promise<void> {
    await this.#parts.gate.pass();
    return this.#parts.deleter.delete(id);
  }

  /** Cancels a job, group or chain, waiting or running, in any process; stops a schedule. False when it had ended. */
  async cancel(id: string): Promise<boolean> {
    await this.#parts.gate.pass();
    return this.#parts.canceller.cancel(id);
  }

  /** Runs a failed or cancelled job again. Rejects with InvalidStateError for any other. */
  async retry(id: string): Promise<void> {
    await this.#parts.gate.pass();
    return this.#parts.retrier.retry(id);
  }

  // oxlint-disable-next-line no-explicit-any -- the caller's type of the result, known by its spec
  #jobHandle({ id, duplicate }: Sent): JobHandle<any> {
    return {
      id,
      duplicate,
      get: () => this.getJob(id),
      result: (options) => this.#wait(id, options),
    };
  }

  async #wait<Result>(id: string, options: ResultOptions = {}): Promise<Result> {
    refuse('result()', checkResultOptions(options, ''));
    const { gate, awaiter } = this.#parts;
    const timeoutMs = options.timeout ?? DEFAULT_RESULT_TIMEOUT_MS;
    const found: unknown = await awaiter.result(id, timeoutMs, gate.pass());
    // oxlint-disable-next-line no-unsafe-type-assertion -- the spec that made the handle says the type
    return found as Result;
  }
}

/** A spec says all there is to say of its job: options beside it would be ignored. */
function alone(spec: JobSpec, rest: readonly unknown[]): JobSpec {
  if (rest.length > 0)
    refuse('enqueue()', [
      'options: expected them within job(task, payload, options), got them beside it',
    ]);
  return spec;
}

function jobOf(task: TaskLike, rest: unknown[]): JobSpec {
  // oxlint-disable-next-line no-unsafe-type-assertion -- checked by the overloads of enqueue()
  return job(task, ...(rest as EnqueueArguments<TaskLike>));
}
