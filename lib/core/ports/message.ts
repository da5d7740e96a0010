/**
 * What a message is for. A `job` runs a handler; a `plan` announces a group or a chain; a
 * `schedule` comes back at each of its slots.
 */
export type MessageKind = 'job' | 'plan' | 'schedule';

/** What a broker knows a message by: one life of an id (rule 5). */
export interface MessageKey {
  readonly id: string;
  /** 1 first; raised by a retry by hand and by a new enqueue of a deleted id. */
  readonly generation: number;
}

/** A message as the broker sees it: an address, a time, bytes it never opens. */
export interface Message extends MessageKey {
  readonly kind: MessageKind;
  readonly queue: string;
  /** Integer, 0 is ordinary; higher runs first. */
  readonly priority: number;
  /** Server instant (epoch ms) before which it must not be delivered. Not together with `delayMs`. */
  readonly dueAt?: number | undefined;
  /** The same, counted from the moment the server accepts it. */
  readonly delayMs?: number | undefined;
  /** A generated id, enqueued once: its first delivery needs no look at the results (rule 3). */
  readonly fresh: boolean;
  readonly body: Uint8Array;
}

/** A message as it lies in the broker. */
export interface StoredMessage extends MessageKey {
  readonly kind: MessageKind;
  readonly queue: string;
  readonly priority: number;
  /**
   * `waiting`: due. `delayed`: not due yet. `retrying`: not due yet, and claimed before.
   * `claimed`: a session has it and has not started it. `started`: a session has started it.
   */
  readonly state: 'waiting' | 'delayed' | 'retrying' | 'claimed' | 'started';
  /** Server instant, epoch ms, from which it may be delivered. */
  readonly dueAt: number;
  readonly crashes: number;
  readonly body: Uint8Array;
}
