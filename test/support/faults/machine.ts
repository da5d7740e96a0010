import { onTestFinished } from 'vitest';
import { BrokerUnavailableError, ResultsUnavailableError } from '../../../lib/core/errors.js';
import type { TasqueueOptions } from '../../../lib/core/options.js';
import type { Broker } from '../../../lib/core/ports/broker.js';
import type { Results } from '../../../lib/core/ports/results.js';
import { Instance, type World } from '../engine/instance.js';
import { Line } from './line.js';
import { MachineClock } from './machine-clock.js';

export interface MachineOptions extends TasqueueOptions {
  /** How far its clock is ahead of the stores'; ms. */
  readonly aheadMs?: number | undefined;
}

/**
 * A process of its own, with an instance of Tasqueue, on stores that it shares with other machines: its
 * lines to them can fail, its clock can be wrong, and it can freeze or crash.
 */
export class Machine extends Instance {
  /** What it has asked of its stores, by name, in order. */
  readonly calls: readonly string[];
  readonly broker: Line<Broker>;
  readonly results: Line<Results>;
  readonly clock: MachineClock;
  readonly #crashed: AbortController;

  constructor(world: World, { aheadMs = 0, ...options }: MachineOptions = {}) {
    const calls: string[] = [];
    const broker = new Line<Broker>(BrokerUnavailableError, calls);
    const results = new Line<Results>(ResultsUnavailableError, calls);
    const clock = new MachineClock(world.clock, aheadMs);
    const crashed = new AbortController();
    super(
      {
        ...world,
        processClock: clock,
        broker: broker.to(world.broker, { work: hangingUp(world.broker, crashed.signal) }),
        results: results.to(world.results),
      },
      options,
    );
    this.calls = calls;
    this.broker = broker;
    this.results = results;
    this.clock = clock;
    this.#crashed = crashed;
    // Whatever has befallen it: a test ends with its lines whole, so that it can be closed.
    (world.atEnd ?? onTestFinished)(() => this.thaw());
  }

  /** It dies: nothing that it does from now on reaches anybody. */
  crash(): void {
    this.cutOff();
    this.#crashed.abort();
  }

  /** It goes on, but its stores are out of reach. */
  cutOff(): void {
    this.broker.cut();
    this.results.cut();
  }

  reconnect(): void {
    this.broker.join();
    this.results.join();
  }

  /** It stands still in the middle of what it does, as a suspended process does. */
  freeze(): void {
    this.cutOff();
    this.clock.freeze();
  }

  thaw(): void {
    this.reconnect();
    this.clock.thaw();
  }
}

/** The calls that wait on the server of a process that dies end with its connection. */
function hangingUp(broker: Broker, dead: AbortSignal): Broker['work'] {
  return ({ signal, ...request }) =>
    broker.work({ ...request, signal: signal ? AbortSignal.any([signal, dead]) : dead });
}
