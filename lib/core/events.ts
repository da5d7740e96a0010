import type { JobStatus } from './job-status.js';

/** The names of the transitions that are told. */
export type TasqueueEventName =
  | 'enqueued'
  | 'processing'
  | 'successful'
  | 'retrying'
  | 'failed'
  | 'cancelled'
  | 'deleted'
  | 'released'
  | 'lease-lost';

/** One transition of one job. Never holds a payload or a result. */
export interface TasqueueEvent {
  readonly name: TasqueueEventName;
  readonly jobId: string;
  readonly task: string;
  readonly queue: string;
  readonly at: Date;
  readonly status?: JobStatus | undefined;
  readonly attempt?: number | undefined;
  /** Handler time of the attempt that ended, ms. */
  readonly durationMs?: number | undefined;
  /** Message of the error, where there is one. */
  readonly error?: string | undefined;
  /** True when another process told it. */
  readonly remote: boolean;
}

type Listener = (event: TasqueueEvent) => void;

/** Tells listeners in this process. A listener that throws is the caller's `onError`, never the job's. */
export class EventBus {
  readonly #listeners = new Set<Listener>();

  constructor(private readonly onError: (error: unknown) => void) {}

  /** False while nobody listens: then events need not be made at all. */
  get heard(): boolean {
    return this.#listeners.size > 0;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(event: TasqueueEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
