import { deferred } from '../engine/instance.js';
import { CONNECTION_BROKEN, type Fate } from './line.js';

/** It rejects, and nothing has happened. */
export const refused: Fate = async () => {
  throw CONNECTION_BROKEN;
};

/** It happens, but its caller hears of a failure. */
export const replyLost: Fate = async (call) => {
  await call();
  throw CONNECTION_BROKEN;
};

/** It never arrives, and is never answered. */
export const unanswered: Fate = () => new Promise(() => {});

/** It happens, and is never answered. */
export const silent: Fate = async (call) => {
  await call();
  return new Promise(() => {});
};

/** A call held up on its way, for as long as the test likes. */
export class Gate {
  readonly #reached = deferred();
  readonly #opened = deferred();

  /** Once the call has come this far. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  open(): void {
    this.#opened.resolve();
  }

  /** Holds the call up before it happens. */
  readonly before: Fate = async (call) => {
    await this.#pass();
    return call();
  };

  /** Holds up its answer: it has happened. */
  readonly after: Fate = async (call) => {
    const answer = await call();
    await this.#pass();
    return answer;
  };

  /** It passes, and arrives once more when the gate opens: a packet that took two ways. */
  readonly again: Fate = async (call) => {
    const answer = await call();
    void this.#pass().then(call);
    return answer;
  };

  #pass(): Promise<void> {
    this.#reached.resolve();
    return this.#opened.promise;
  }
}
