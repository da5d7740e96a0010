import { from, isObservable, lastValueFrom, Observable, takeUntil } from 'rxjs';

/**
 * The result of a handler that may answer with an observable: its last value, `undefined` where there
 * is none. An aborted attempt unsubscribes and rejects with the signal's reason.
 */
export function lastValue(result: unknown, attempt: { readonly signal: AbortSignal }): unknown {
  return isObservable(result)
    ? lastValueFrom(from(result).pipe(takeUntil(abortOf(attempt.signal))), {
        defaultValue: undefined,
      })
    : result;
}

function abortOf(signal: AbortSignal): Observable<never> {
  return new Observable((subscriber) => {
    const abort = (): void => subscriber.error(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
  });
}
