import type { JobContext } from '../job-context.js';
import type { ChainSpec, GroupSpec, JobSpec } from './job-spec.js';
import type { PayloadArguments } from './payload-arguments.js';
import type { AnyTaskDefinition, TaskDefinition } from './task-definition.js';
import type { RegisteredPayload, RegisteredResult, TaskName } from './task-registry.js';

/** What names a task in a call: its definition, or its name. */
export type TaskLike = AnyTaskDefinition | TaskName;

/** What the handler of a task gets: of `typeof Add`, or of a registered name. */
export type PayloadOf<Task extends TaskLike> =
  Task extends TaskDefinition<infer _I, infer _R, infer Output, infer _Ret>
    ? Output
    : RegisteredPayload<Task>;

/** What the callers of a task pass. */
export type InputOf<Task extends TaskLike> =
  Task extends TaskDefinition<infer Input, infer _R, infer _O, infer _Ret>
    ? Input
    : RegisteredPayload<Task>;

/** What a task's job gives to those who read its result. */
export type ResultOf<Task extends TaskLike> =
  Task extends TaskDefinition<infer _I, infer Result, infer _O, infer _Ret>
    ? Result
    : RegisteredResult<Task>;

/** What the handler of a task returns (or nothing: then what it saved counts). */
export type ReturnOf<Task extends TaskLike> =
  Task extends TaskDefinition<infer _I, infer _R, infer _O, infer Returned>
    ? Returned
    : RegisteredResult<Task>;

/**
 * The rest of a call that begins with a task:
 * `enqueue<T extends TaskLike>(task: T, ...rest: EnqueueArguments<T>): Promise<JobHandle<ResultOf<T>>>`.
 */
export type EnqueueArguments<Task extends TaskLike> = PayloadArguments<InputOf<Task>>;

/** A method that can run this task. The type of `@Task(definition)`'s target. */
export type HandlerOf<Task extends TaskLike> = (
  payload: PayloadOf<Task>,
  ctx: JobContext,
  // oxlint-disable-next-line no-explicit-any -- what Nest's parameter decorators fill in is not ours to type
  ...rest: any[]
) => Answer<ReturnOf<Task>> | Promise<Answer<ReturnOf<Task>>>;

/** A handler that only saves returns nothing at all. */
type Answer<Returned> = Returned | void | undefined;

/** What a spec gives once it has run: a job's result, the tuple of a group's, a chain's last. */
export type SpecResult<Spec> =
  Spec extends JobSpec<infer Result>
    ? Result
    : Spec extends GroupSpec<infer Results>
      ? Results
      : Spec extends ChainSpec<infer Result>
        ? Result
        : never;

/** The results of a list of specs, in order: `[JobSpec<number>, JobSpec<string>]` gives `[number, string]`. */
export type SpecResults<Specs extends readonly unknown[]> = {
  -readonly [Index in keyof Specs]: SpecResult<Specs[Index]>;
};

/** The result of the last of a list of specs. */
export type LastResult<Specs extends readonly unknown[]> = Specs extends readonly [
  ...infer _Before,
  infer Last,
]
  ? SpecResult<Last>
  : SpecResult<Specs[number]>;
