import type { Headers } from './spec/headers.js';

/**
 * Where a tracer plugs in. Nothing of it is called unless one does. Its calls must not throw, save for
 * what the call given to `within` throws.
 */
export interface Tracing {
  /** Something is about to be enqueued. */
  send(sending: Sending): SendTrace;
  /** A worker has begun an attempt, or is about to refuse one. */
  attempt(attempt: Attempt): AttemptTrace;
}

/** The tracer of one instance, once there is one. */
export class TracingSlot {
  current: Tracing | undefined;
}

/** What one call enqueues. */
export interface Sending {
  readonly kind: 'job' | 'jobs' | 'group' | 'chain' | 'schedule' | 'run';
  /** Of all its jobs, where they have one in common. */
  readonly queue: string | undefined;
  readonly task: string | undefined;
  /** How many jobs, follow-ups not counted. */
  readonly jobs: number;
  /** Headers that lead to an earlier cause: the caller's own, or those of a schedule. */
  readonly cause: Headers | undefined;
  /** Nobody asks for it now: a slot of a schedule has come. */
  readonly detached: boolean;
}

/** One attempt at one job. */
export interface Attempt {
  readonly jobId: string;
  readonly task: string;
  readonly queue: string;
  /** 1 first. */
  readonly attempt: number;
  readonly headers: Headers;
  readonly scheduleId: string | undefined;
  readonly groupId: string | undefined;
  readonly chainId: string | undefined;
}

interface Trace {
  /** Makes the call in the context of what is traced. */
  within<T>(call: () => T): T;
}

export interface SendTrace extends Trace {
  /** Travel with all that is sent, so that attempts find back here; own keys of a job win. */
  readonly headers: Headers | undefined;
  /** `id`: of the job, group, chain or schedule, where it is one. */
  sent(id: string | undefined): void;
  failed(error: unknown): void;
}

export interface AttemptTrace extends Trace {
  /** Called once; without an error when it was successful, or handed back by a shutdown. */
  ended(outcome: AttemptOutcome, error: Error | undefined): void;
}

export type AttemptOutcome = 'successful' | 'retrying' | 'failed' | 'released' | 'lease-lost';

/** Makes the call that sends, traced. `idOf`: what its answer says of the id. */
export async function traced<Answer>(
  trace: SendTrace,
  send: (headers: Headers | undefined) => Promise<Answer>,
  idOf: (answer: Answer) => string | undefined,
): Promise<Answer> {
  try {
    const answer = await trace.within(() => send(trace.headers));
    trace.sent(idOf(answer));
    return answer;
  } catch (error) {
    trace.failed(error);
    throw error;
  }
}
