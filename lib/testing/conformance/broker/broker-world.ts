import type { Broker } from '../../../core/ports/broker.js';

/** One fresh, empty broker to try. The suite connects and closes the clients that it gets. */
export interface BrokerWorld {
  readonly broker: Broker;
  /** A second, independent client of the same server; where there is only one, the same. */
  another(): Promise<Broker>;
  /** Lets server time go by: never more than a few seconds. */
  pass(ms: number): Promise<void>;
  /**
   * True where several servers stand in for one another, and the broker cannot know what one of them
   * gave out before it fell: then each first delivery, too, has to be told as a doubtful one.
   */
  readonly doubtsAll?: boolean | undefined;
  /** Resolves once all servers know of what one of them has accepted; where there is only one it is not needed. */
  caughtUp?(): Promise<void>;
  /** Called once after each case, with all clients closed. */
  dispose(): Promise<void>;
}
