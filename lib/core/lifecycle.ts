import { InvalidStateError } from './errors.js';
import type { JobStatus } from './job-status.js';

/** `none`: nothing is known of the id; it was never enqueued, was deleted, or is past retention. */
export type LifecycleState = JobStatus | 'none';

/** What can happen to a job in some states, and where it stands afterwards. */
export interface Transition {
  readonly from: readonly LifecycleState[];
  readonly to: LifecycleState;
  readonly meaning: string;
}

/** Every way from one state to another, in the order of a job's life. docs/lifecycle.md shows them. */
export const TRANSITIONS = {
  enqueue: {
    from: ['none'],
    to: 'queued',
    meaning: 'The broker accepted it, due at once.',
  },
  'enqueue-later': {
    from: ['none'],
    to: 'scheduled',
    meaning: 'The broker accepted it with an `eta` or a `delay`, or as a schedule.',
  },
  promote: {
    from: ['scheduled', 'retrying'],
    to: 'queued',
    meaning: 'Its time has come; it waits for a free slot of a worker.',
  },
  fire: {
    from: ['scheduled'],
    to: 'scheduled',
    meaning: 'A slot of a schedule has come: its run is enqueued, and it waits for the next slot.',
  },
  begin: {
    from: ['queued', 'scheduled', 'retrying', 'processing'],
    to: 'processing',
    meaning:
      'A worker starts the handler. While it is still processing: the worker before died or lost its lease, and its run is fenced off.',
  },
  succeed: {
    from: ['processing'],
    to: 'successful',
    meaning:
      'The handler returned, or an exception filter gave a value; `onSuccess` is dispatched.',
  },
  'fail-retry': {
    from: ['processing'],
    to: 'retrying',
    meaning:
      'The handler threw or timed out, and a retry is left: it runs again after its backoff.',
  },
  'retry-later': {
    from: ['processing'],
    to: 'retrying',
    meaning:
      'The handler threw `RetryLaterError`: it runs again after that delay, no retry is used.',
  },
  fail: {
    from: ['processing'],
    to: 'failed',
    meaning:
      'The handler threw or timed out with no retry left, or gave up by `UnrecoverableError`; `onError` is dispatched.',
  },
  release: {
    from: ['processing'],
    to: 'queued',
    meaning: 'Its worker shuts down and hands it back; nothing is counted against it.',
  },
  crash: {
    from: ['processing'],
    to: 'queued',
    meaning: 'Its worker died for the first time: once the lease has lapsed, it is due at once.',
  },
  'crash-again': {
    from: ['processing'],
    to: 'retrying',
    meaning: 'Its worker died once more: it comes back after a delay that grows with each crash.',
  },
  'put-back': {
    from: ['queued', 'scheduled', 'retrying', 'processing'],
    to: 'retrying',
    meaning: 'The worker does not know its task, another may: it comes back a little later.',
  },
  refuse: {
    from: ['none', 'queued', 'scheduled', 'retrying', 'processing'],
    to: 'failed',
    meaning:
      'It can never run: unreadable, invalid, too large, unknown to all workers, its id taken by another, or its worker died `maxCrashes` times.',
  },
  expire: {
    from: ['queued', 'scheduled', 'retrying', 'processing'],
    to: 'failed',
    meaning: 'A worker got it after `expiresAt`: it fails as expired, without another run.',
  },
  cancel: {
    from: ['queued', 'scheduled', 'retrying', 'processing'],
    to: 'cancelled',
    meaning:
      'Somebody cancelled it, or its group or chain; a running handler is told by its signal.',
  },
  retry: {
    from: ['failed', 'cancelled'],
    to: 'queued',
    meaning: 'Somebody retried it by hand: a new generation, with all its retries to use again.',
  },
  delete: {
    from: ['scheduled', 'queued', 'processing', 'retrying', 'successful', 'failed', 'cancelled'],
    to: 'none',
    meaning: 'Somebody deleted it: what still runs is aborted, and its outcome discarded.',
  },
  forget: {
    from: ['successful', 'failed', 'cancelled'],
    to: 'none',
    meaning: 'It is past its retention.',
  },
} as const satisfies Readonly<Record<string, Transition>>;

export type LifecycleEvent = keyof typeof TRANSITIONS;

/** Where a job stands after this has happened. Throws InvalidStateError where it cannot happen. */
export function advance(status: LifecycleState, event: LifecycleEvent): LifecycleState {
  const { from, to }: Transition = TRANSITIONS[event];
  if (from.includes(status)) return to;
  throw new InvalidStateError(
    `'${event}' cannot happen to a job that is ${status}: it must be ${from.join(' or ')}`,
  );
}
