import assert from 'node:assert/strict';
import type {
  BeatReply,
  Broker,
  Delivery,
  Settlement,
  WorkReply,
  WorkRequest,
} from '../../../core/ports/broker.js';
import type { SessionInfo } from '../../../core/ports/session-info.js';

/** The queue of whatever does not name one. */
export const QUEUE = 'orders';

type Retry = Pick<Extract<Settlement, { kind: 'retry' }>, 'delayMs' | 'dueAt'>;

/** A session of a case. It speaks of messages by id and keeps their latest deliveries. */
export class Worker {
  readonly #deliveries = new Map<string, Delivery>();

  constructor(
    readonly broker: Broker,
    readonly info: SessionInfo,
  ) {}

  /** What is not said asks for nothing and does not wait. */
  async work(request: Partial<WorkRequest>): Promise<WorkReply> {
    const { session } = this.info;
    const nothing = { session, settle: [], started: [], claims: [], waitMs: 0 };
    const reply = await this.broker.work({ ...nothing, ...request });
    for (const delivery of reply.deliveries) this.#deliveries.set(delivery.id, delivery);
    return reply;
  }

  /** Claims to start at once; gives the ids. */
  async claim(slots = 1_000, queue = QUEUE): Promise<readonly string[]> {
    return idsOf(await this.work({ claims: [{ queue, slots, ahead: 0 }] }));
  }

  /** Claims without starting; gives the ids. */
  async readAhead(ahead = 1_000, queue = QUEUE): Promise<readonly string[]> {
    return idsOf(await this.work({ claims: [{ queue, slots: 0, ahead }] }));
  }

  /** Waits for one message on any of the queues. */
  wait(waitMs: number, ...queues: readonly string[]): Promise<WorkReply> {
    const names = queues.length > 0 ? queues : [QUEUE];
    return this.work({ claims: names.map((queue) => ({ queue, slots: 1, ahead: 0 })), waitMs });
  }

  /** The latest delivery of a message to this worker. */
  delivery(id: string): Delivery {
    const delivery = this.#deliveries.get(id);
    assert.ok(delivery, `'${id}' was never delivered to '${this.info.session}'`);
    return delivery;
  }

  receipt(id: string): string {
    return this.delivery(id).receipt;
  }

  /** Gives the receipts that no longer held. */
  async settle(...settle: readonly Settlement[]): Promise<readonly string[]> {
    return (await this.work({ settle })).lost;
  }

  ack(...ids: readonly string[]): Promise<readonly string[]> {
    return this.settle(...ids.map((id) => ({ kind: 'ack', receipt: this.receipt(id) }) as const));
  }

  retry(id: string, when: Retry): Promise<readonly string[]> {
    return this.settle({ kind: 'retry', receipt: this.receipt(id), ...when });
  }

  /** Hands back messages that it had begun with. */
  release(...ids: readonly string[]): Promise<readonly string[]> {
    return this.settle(...ids.map((id) => released(this.receipt(id), true)));
  }

  /** Hands back messages that it had not begun with. */
  giveBack(...ids: readonly string[]): Promise<readonly string[]> {
    return this.settle(...ids.map((id) => released(this.receipt(id), false)));
  }

  beat(): Promise<BeatReply> {
    return this.broker.beat(this.info.session);
  }

  leave(): Promise<void> {
    return this.broker.leave(this.info.session);
  }
}

export function idsOf({ deliveries }: WorkReply): readonly string[] {
  return deliveries.map(({ id }) => id);
}

function released(receipt: string, started: boolean): Settlement {
  return { kind: 'release', receipt, started };
}
