import type { WorkRequest } from '../../../core/ports/broker.js';
import { LONGEST_BLOCK_MS } from '../connection/own-client.js';
import type { RedisClient } from '../connection/redis-client.js';
import { Script } from '../scripts/script.js';
import type { BrokerServer } from './broker-server.js';
import type { QueueNumbers } from './queue-numbers.js';
import { readWork, type WaitOn, type WorkAnswer } from './work-reply.js';
import { packWork, type WaitTerms, WorkSettlements } from './work-request.js';

const stopWaiting = new Script('broker/stop-waiting');

/** The server takes 0 for ever. */
const SHORTEST_BLOCK_MS = 1;
const NOTHING = new WorkSettlements([]);

let calls = 0;

/**
 * A call that found nothing and waits. It blocks on its queues' wake-ups, until something comes due at
 * the latest, with the claim sent right behind: this runs the moment it unblocks.
 */
export class WaitingCall {
  readonly terms: WaitTerms;

  constructor(
    private readonly server: BrokerServer,
    private readonly numbers: QueueNumbers,
    private readonly request: WorkRequest,
  ) {
    this.terms = { name: `${(calls += 1)}`, ms: request.waitMs, resumed: false };
  }

  get session(): string {
    return this.request.session;
  }

  /** Gives what `work` answers in the end; undefined when the lease is lost. */
  async wait(work: Script, on: WaitOn): Promise<WorkAnswer | undefined> {
    const { signal } = this.request;
    const stop = (): void => void this.stop().catch(() => undefined);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted === true) stop();
    try {
      return await this.server.blocking((client) => this.#block(client, work, on));
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Ends the waiting early. */
  async stop(): Promise<void> {
    await this.server.run(stopWaiting, this.terms.name, this.session);
  }

  async #block(client: RedisClient, work: Script, first: WaitOn): Promise<WorkAnswer | undefined> {
    const { claims } = this.request;
    const terms = { name: this.terms.name, ms: first.until, resumed: true };
    const packed = packWork({ started: [], claims }, NOTHING, terms, this.numbers);
    let on = first;
    for (;;) {
      const woken = client.callBuffer('BLPOP', ...this.#keys(on), this.#longestSeconds(on));
      const claimed = work.call(client, this.server.base, this.session, packed);
      const [, reply] = await Promise.all([woken, claimed]);
      if (reply === null) return undefined;
      const answer = readWork(reply, NOTHING, claims);
      this.server.time.told(answer.now);
      if (!answer.waitOn) return answer;
      on = answer.waitOn;
    }
  }

  #keys({ queues }: WaitOn): readonly string[] {
    const { base } = this.server;
    const wakeUps = queues.map((queue) => `${base}:b:${queue}:wake`);
    return [`${base}:b:stop:${this.terms.name}:${this.session}`, ...wakeUps];
  }

  #longestSeconds({ until, nextDueAt = Infinity }: WaitOn): number {
    const ms = Math.min(until, nextDueAt) - this.server.time.now;
    return Math.min(LONGEST_BLOCK_MS, Math.max(SHORTEST_BLOCK_MS, ms)) / 1_000;
  }
}
