import { NoAnswerError } from '../connection/failures.js';
import type { Claim } from './claim.js';
import type { Ground } from './ground.js';
import { ackSubject, type Level } from './level.js';
import type { Queues } from './queues.js';

const ACK = Buffer.from('+ACK');
const NAK = Buffer.from('-NAK');
const IN_PROGRESS = Buffer.from('+WPI');

/** A delivery, as far as its consumer has to know it. */
export type Handed = Pick<Claim, 'levelKey' | 'sequence' | 'delivered' | 'consumerSequence'>;

/** Tells consumers what becomes of their deliveries. */
export class Consumers {
  constructor(
    private readonly ground: Ground,
    private readonly queues: Queues,
  ) {}

  /** The messages go away. Resolves once they have. */
  ack(handed: readonly Handed[]): Promise<void> {
    return this.#tell(handed, ACK, true);
  }

  /** The messages are given to the next who asks, in this order. Resolves once they may be. */
  nak(handed: readonly Handed[]): Promise<void> {
    const inOrder = handed.toSorted((a, b) => a.sequence - b.sequence);
    return this.#tell(inOrder, NAK, false);
  }

  /** Comes back by itself after a while. */
  nakLater(handed: Handed, delayMs: number): void {
    const level = this.queues.byKey(handed.levelKey);
    if (level === undefined) return;
    const nak = Buffer.from(`-NAK {"delay":${Math.ceil(delayMs) * 1_000_000}}`);
    this.ground.link.exchange.tell(ackSubject(level, handed), nak);
  }

  /** They are being worked on: the server is not to give them to others. */
  inProgress(handed: readonly Handed[]): void {
    for (const one of handed) {
      const level = this.queues.byKey(one.levelKey);
      if (level) this.ground.link.exchange.tell(ackSubject(level, one), IN_PROGRESS);
    }
  }

  /** A consumer takes what it is told one after the other: the last one's answer stands for all. */
  async #tell(handed: readonly Handed[], word: Buffer, repeatable: boolean): Promise<void> {
    const { exchange } = this.ground.link;
    const last = new Map<Level, Handed>();
    for (const one of handed) {
      const level = this.queues.byKey(one.levelKey);
      if (level === undefined) continue;
      const before = last.get(level);
      if (before) exchange.tell(ackSubject(level, before), word);
      last.set(level, one);
    }
    const answers = [...last].map(([level, one]) =>
      exchange.send({
        subject: ackSubject(level, one),
        payload: word,
        repeatable,
        heardOrLost: true,
      }),
    );
    for (const answer of await Promise.allSettled(answers))
      if (answer.status === 'rejected' && !(answer.reason instanceof NoAnswerError))
        throw answer.reason;
  }
}
