import type { Delivery } from '../../../core/ports/broker.js';
import type { Message, MessageKind, StoredMessage } from '../../../core/ports/message.js';

/** The states by number: counters are an array, and a state costs no string to compare. */
export const STATES = ['waiting', 'delayed', 'retrying', 'claimed', 'started'] as const;
export const WAITING = 0;
export const DELAYED = 1;
export const RETRYING = 2;
export const CLAIMED = 3;
export const STARTED = 4;

export type StateIndex = 0 | 1 | 2 | 3 | 4;

/**
 * A message as it lies in memory. There may be millions, so every field counts, and there is none
 * for the claim: to the garbage collector a new object in an old one is work.
 */
export class Entry {
  readonly id: string;
  readonly generation: number;
  readonly kind: MessageKind;
  readonly priority: number;
  readonly body: Uint8Array;
  /** `given`: somebody may have been given it. Otherwise it is fresh, or a resend perhaps. */
  past: 'fresh' | 'unknown' | 'given';
  crashes = 0;
  state: StateIndex = WAITING;
  /** Place among those of its priority, or of its due time. */
  order = 0;

  constructor(
    message: Message,
    readonly queue: string,
    public dueAt: number,
  ) {
    this.id = message.id;
    this.generation = message.generation;
    this.kind = message.kind;
    this.priority = message.priority;
    this.body = message.body;
    this.past = message.fresh ? 'fresh' : 'unknown';
  }

  delivery(receipt: string): Delivery {
    return {
      id: this.id,
      generation: this.generation,
      kind: this.kind,
      queue: this.queue,
      priority: this.priority,
      dueAt: this.dueAt,
      receipt,
      fresh: this.past === 'fresh',
      redelivered: this.past === 'given',
      crashes: this.crashes,
      body: this.body,
    };
  }

  stored(): StoredMessage {
    return {
      id: this.id,
      generation: this.generation,
      kind: this.kind,
      queue: this.queue,
      priority: this.priority,
      state: STATES[this.state],
      dueAt: this.dueAt,
      crashes: this.crashes,
      body: this.body,
    };
  }
}

/** Due messages: by priority, then oldest first. */
export type WaitingKey = Pick<Entry, 'priority' | 'order'>;
export const byPriority = (a: WaitingKey, b: WaitingKey): number =>
  b.priority - a.priority || a.order - b.order;

/** Messages that are not due yet: the next first. */
export type DueKey = Pick<Entry, 'dueAt' | 'order'>;
export const byDueTime = (a: DueKey, b: DueKey): number => a.dueAt - b.dueAt || a.order - b.order;
