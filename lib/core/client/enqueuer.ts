import type { Clock } from '../clock.js';
import { BrokerUnavailableError, TasqueueError } from '../errors.js';
import type { Broker, EnqueueReply, Message } from '../ports/broker.js';
import { TickBatch } from '../tick-batch.js';
import { tooLargeError } from '../workflow/too-large.js';
import type { Gate } from './gate.js';

const BATCH = { items: 256, inFlight: 2 } as const;

export interface EnqueueLimit {
  readonly clock: Clock;
  /** ms from the call to its confirmation. */
  readonly timeoutMs: number;
}

/** Messages to the broker: gathered per tick, bounded in time, with the ids in every failure. */
export class Enqueuer {
  readonly #batch: TickBatch<Message, EnqueueReply>;

  constructor(
    private readonly broker: Broker,
    private readonly gate: Gate,
    { clock, timeoutMs }: EnqueueLimit,
  ) {
    this.#batch = new TickBatch((messages) => this.broker.enqueue(messages), {
      ...BATCH,
      deadline: (_, giveUp) =>
        clock.timer(timeoutMs, () => {
          giveUp(new Error(`no confirmation within ${timeoutMs} ms`));
        }),
      failure: unconfirmed,
    });
  }

  /**
   * All of them travel in one call. Rejects with BrokerUnavailableError: sending again is safe; with
   * PayloadTooLargeError before anything is sent.
   */
  async enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]> {
    // Every id was known: there is nothing that a broker out of reach could fail to confirm.
    if (messages.length === 0) return [];
    this.#refuseTooLarge(messages);
    const wait = this.gate.pass(() => messages.map(({ id }) => id));
    if (wait) await wait;
    return this.#batch.add(messages);
  }

  #refuseTooLarge(messages: readonly Message[]): void {
    const { maxBodyBytes } = this.broker.capabilities;
    if (maxBodyBytes === undefined) return;
    for (const message of messages)
      if (message.body.length > maxBodyBytes) throw tooLargeError(message);
  }
}

/** What the caller is told who asked for these, and perhaps not for others that travelled along. */
function unconfirmed(cause: unknown, messages: readonly Message[]): unknown {
  if (cause instanceof TasqueueError && !(cause instanceof BrokerUnavailableError)) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BrokerUnavailableError(
    `the broker did not confirm ${messages.length} message(s): ${why}. They may have been accepted: ` +
      'send them again with the same ids (error.ids), that is safe',
    { cause, ids: messages.map(({ id }) => id) },
  );
}
