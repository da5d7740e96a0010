/**
 * What `ExecutionContext.getType<TasqueueContextType>()` says while a job runs. `getArgs()` are the
 * payload and the JobContext; `switchToRpc()` finds them as data and context.
 */
export type TasqueueContextType = 'tasqueue';

export const TASQUEUE_CONTEXT = 'tasqueue' satisfies TasqueueContextType;
