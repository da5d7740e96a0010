import { onTestFinished } from 'vitest';
import type { BrokerCapabilities } from '../../../lib/core/ports/broker.js';
import type { ManualClock } from '../../../lib/testing/manual-clock.js';
import { memoryWorld, type World } from '../engine/instance.js';
import { overriding } from '../engine/overriding.js';
import { Machine, type MachineOptions } from './machine.js';
import { Witness } from './witness.js';

/** The lease of all machines, unless told otherwise. */
export const LEASE_MS = 30_000;

/**
 * Stores in one place, and machines that share them. A test ends with the promise looked into: each id
 * and generation has at most one recorded outcome, whatever the test has done.
 */
export class Site {
  readonly witness = new Witness();
  /** The stores themselves, as nobody's line can harm them. */
  readonly stores: World;

  constructor(stores: World = memoryWorld()) {
    this.stores = { ...stores, results: this.witness.watching(stores.results) };
    onTestFinished(() => this.witness.confirm());
  }

  /** With a broker that can do less than the one in memory. */
  static modest(capabilities: BrokerCapabilities): Site {
    const stores = memoryWorld();
    return new Site({ ...stores, broker: overriding(stores.broker, { capabilities }) });
  }

  get clock(): ManualClock {
    return this.stores.clock;
  }

  machine(options: MachineOptions = {}): Machine {
    return new Machine(this.stores, options);
  }

  /** Until whoever is silent has lost its lease, and another machine has seen to it. */
  async lapse(): Promise<void> {
    await this.clock.advance(2.5 * LEASE_MS);
  }

  /** Until everything that is under way has come to rest. */
  async settle(): Promise<void> {
    await this.clock.advance(0);
  }
}
