import type { Broker } from '../../../core/ports/broker.js';

/** One fresh, empty broker to try. The suite connects and closes the clients that it gets. */
export interface BrokerWorld {
  readonly broker: Broker;
  /** A second, independent client of the same server; where there is only one, the same. */
  another(): Promise<Broker>;
  /** Lets server time go by: never more than a few seconds. */
  pass(ms: number): Promise<void>;
  /** Called once after each case, with all clients closed. */
  dispose(): Promise<void>;
}
