import type { ClientParts } from '../../core/client/client-parts.js';
import type { ChainHandle, GroupHandle, JobHandle } from '../../core/client/handles.js';
import { TasqueueClient } from '../../core/client/tasqueue-client.js';
import type { ChainSpec, GroupSpec, JobSpec } from '../../core/spec/job-spec.js';
import type { EnqueueArguments, ResultOf, TaskLike } from '../../core/spec/task-types.js';
import type { HandlerFrames } from '../laboratory/handler-frames.js';
import type { Offspring } from './offspring.js';

interface Accepted {
  readonly id: string;
  readonly duplicate: boolean;
}

/** A client whose calls resolve when what they have enqueued has run. */
export class InlineClient extends TasqueueClient {
  constructor(
    parts: ClientParts,
    private readonly offspring: Offspring,
    private readonly frames: HandlerFrames,
  ) {
    super(parts);
  }

  override enqueue<Result>(spec: JobSpec<Result>): Promise<JobHandle<Result>>;
  override enqueue<Task extends TaskLike>(
    task: Task,
    ...rest: EnqueueArguments<Task>
  ): Promise<JobHandle<ResultOf<Task>>>;
  override enqueue(...call: [never]): Promise<JobHandle> {
    return this.#run(super.enqueue(...call), (handle) => [handle]);
  }

  override enqueueMany<const Specs extends readonly JobSpec[]>(specs: Specs) {
    return this.#run(super.enqueueMany(specs), (handles: readonly Accepted[]) => handles);
  }

  override enqueueGroup<Results extends readonly unknown[]>(
    spec: GroupSpec<Results>,
  ): Promise<GroupHandle<Results>> {
    return this.#run(super.enqueueGroup(spec), (handle) => [handle]);
  }

  override enqueueChain<Result>(spec: ChainSpec<Result>): Promise<ChainHandle<Result>> {
    return this.#run(super.enqueueChain(spec), (handle) => [handle]);
  }

  override retry(id: string): Promise<void> {
    return this.#run(super.retry(id), () => [{ id, duplicate: false }]);
  }

  #run<T>(accepting: Promise<T>, of: (accepted: T) => readonly Accepted[]): Promise<T> {
    const run = accepting.then(async (accepted) => {
      // A duplicate is not this call's: it may even be the job whose handler makes the call.
      for (const { id, duplicate } of of(accepted)) if (!duplicate) await this.offspring.rests(id);
      return accepted;
    });
    return this.frames.current?.lending(run) ?? run;
  }
}
