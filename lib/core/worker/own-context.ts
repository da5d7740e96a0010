import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

/** Outside of all contexts: this is loaded before a request is served or a job runs. */
const outside = AsyncLocalStorage.snapshot();

/**
 * Runs an attempt in a context of its own: it sees nothing of what other jobs, or those who have enqueued
 * it in this process, have put into an AsyncLocalStorage, and nobody sees what it puts there.
 */
export function inOwnContext(run: () => void): void {
  // A new one each time: `enterWith()` writes to the one that it finds.
  outside(() => new AsyncResource('TasqueueAttempt').runInAsyncScope(run));
}
