import { MemoryBroker } from '../../../lib/adapters/memory/memory-broker.js';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import type { Broker, Message } from '../../../lib/core/ports/broker.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';
import type { World } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Machine } from '../../support/faults/machine.js';
import { Witness } from '../../support/faults/witness.js';
import { BrokerWatch } from './broker-watch.js';
import { Chronicle } from './chronicle.js';
import { seededRandom } from './seeded-random.js';
import { ResultsWatch } from './results-watch.js';
import type { Setting } from './setting.js';
import { LEASE_MS, MAX_CRASHES, QUEUE, type Surroundings } from './surroundings.js';
import { Worker } from './worker.js';

/** As little as can be asked for: only the horizon keeps anything. */
const LEAST = { age: 1, count: 1 };
const RETENTION = { successful: LEAST, failed: LEAST, cancelled: LEAST };

/** One storm's machines, on stores in memory, with everything that watches them. */
export class Scene implements Surroundings {
  readonly clock = new ManualClock();
  readonly chronicle = new Chronicle();
  readonly witness = new Witness();
  readonly brokerWatch: BrokerWatch;
  readonly resultsWatch: ResultsWatch;
  readonly broker: Broker;
  readonly workers: Worker[] = [];
  readonly client: Machine;
  /** From now on nothing goes wrong any more. */
  calm = false;
  /** Since when; server instant. */
  calmAt = 0;
  /** How many messages are still to be made unreadable on their way. */
  garbling = 0;
  readonly #world: World;
  readonly #ends: (() => unknown)[] = [];
  readonly #pending = new Set<() => void>();

  constructor(readonly setting: Setting) {
    const { clock, chronicle } = this;
    const { atomicEnqueue, maxBodyBytes } = setting;
    const broker = new MemoryBroker({ clock });
    const capabilities = { ...broker.capabilities, atomicEnqueue, maxBodyBytes };
    this.broker = overriding<Broker>(broker, {
      capabilities,
      enqueue: (messages) => broker.enqueue(messages.map((message) => this.#garbled(message))),
    });
    const results = this.witness.watching(new MemoryResults({ clock }));
    this.brokerWatch = new BrokerWatch(this.broker, clock, chronicle);
    this.resultsWatch = new ResultsWatch(results, clock, chronicle);
    this.#world = {
      clock,
      broker: this.broker,
      results,
      random: seededRandom(setting.chance),
      atEnd: (end) => void this.#ends.unshift(end),
    };
    this.client = this.#machine('client', setting.clientAheadMs, () => 0);
    setting.workersAheadMs.forEach((aheadMs, index) => {
      this.workers.push(
        new Worker(`worker ${index}`, this, (name, since) =>
          this.#machine(name, aheadMs, () => clock.now() - since.at),
        ),
      );
    });
  }

  async open(): Promise<void> {
    await this.client.connect();
    for (const worker of this.workers) worker.revive();
    await this.clock.advance(0);
  }

  /** Something that is asked for and may never be answered: nobody waits for it. */
  ask(call: () => Promise<unknown>): void {
    void call().catch(() => {});
  }

  /** Does it after a while, or when it gets calm. */
  whenOver(ms: number, end: () => void): void {
    const once = (): void => {
      if (this.#pending.delete(once)) end();
    };
    this.#pending.add(once);
    this.clock.timer(ms, once);
  }

  isAlive(machine: Machine): boolean {
    return machine === this.client || this.workers.some((worker) => worker.machine === machine);
  }

  /** Everything is in order from now on, and stays so. */
  becalm(): void {
    this.calm = true;
    this.calmAt = this.clock.now();
    for (const end of this.#pending) end();
    for (const worker of this.workers) worker.revive();
    this.ask(() => this.client.admin.resume(QUEUE));
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end();
  }

  #machine(name: string, aheadMs: number, healthyForMs: () => number): Machine {
    const options = {
      role: name === 'client' ? ('producer' as const) : ('both' as const),
      lease: LEASE_MS,
      maxCrashes: MAX_CRASHES,
      retention: RETENTION,
      readAhead: this.setting.readAhead,
      aheadMs,
      queues: { [QUEUE]: { concurrency: this.setting.concurrency } },
    };
    const broker = this.brokerWatch.of(name);
    const results = this.resultsWatch.of(healthyForMs);
    return new Machine({ ...this.#world, broker, results }, options);
  }

  #garbled(message: Message): Message {
    if (this.calm || this.garbling === 0 || message.kind !== 'job') return message;
    this.garbling -= 1;
    this.chronicle.garbled.add(message.id);
    return { ...message, body: new Uint8Array([255, 1, 2]) };
  }
}
