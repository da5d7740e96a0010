import type { JobStatus } from './job-status.js';

/** The names of the transitions that are told. */
export const EVENT_NAMES = [
  'enqueued',
  'processing',
  'successful',
  'retrying',
  'failed',
  'cancelled',
  'deleted',
  'released',
  'lease-lost',
] as const;

export type TasqueueEventName = (typeof EVENT_NAMES)[number];

/** A process. */
export interface EventOrigin {
  readonly host: string;
  readonly pid: number;
}

/** One transition of one job. Never holds a payload or a result. */
export interface TasqueueEvent {
  readonly name: TasqueueEventName;
  readonly jobId: string;
  readonly task: string;
  readonly queue: string;
  readonly at: Date;
  readonly status?: JobStatus | undefined;
  readonly attempt?: number | undefined;
  /** With `processing`: for how long the job had been due, ms. */
  readonly waitedMs?: number | undefined;
  /** Handler time of the attempt that ended, ms. */
  readonly durationMs?: number | undefined;
  /** Message of the error, where there is one. */
  readonly error?: string | undefined;
  /** The process in which it happened. */
  readonly origin: EventOrigin;
  /** True when another process told it. */
  readonly remote: boolean;
}

/** An event of this process, before it is told. */
export type OwnEvent = Omit<TasqueueEvent, 'origin' | 'remote'>;

export type EventListener = (event: TasqueueEvent) => void;

/** Where events can be heard, until the returned function is called. */
export interface EventSource {
  subscribe(listener: EventListener): () => void;
}

/** Tells listeners in this process. A listener that throws is the caller's `onError`, never the job's. */
export class EventBus implements EventSource {
  readonly #listeners = new Set<EventListener>();

  constructor(
    private readonly origin: EventOrigin,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** False while nobody listens: then events need not be made at all. */
  get heard(): boolean {
    return this.#listeners.size > 0;
  }

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells what has happened here. */
  emit(event: OwnEvent): void {
    this.tell({ ...event, origin: this.origin, remote: false });
  }

  /** Tells what may have happened anywhere. */
  tell(event: TasqueueEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
