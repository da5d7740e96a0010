import { systemClock, type Clock } from '../../../core/clock.js';
import { within } from '../../../core/deadline.js';
import { ResultsUnavailableError, TasqueueError } from '../../../core/errors.js';
import type { ResultsSettings } from '../../../core/ports/results.js';
import { systemRandom } from '../../../core/random.js';
import type { NatsServers, NatsStoreSettings } from '../connection/nats-connection.js';
import type { NatsLink } from '../connection/nats-link.js';
import { sharedLink } from '../connection/shared-link.js';
import { ensureNoticesStream, noticesStream } from './notice-board.js';
import { ResultsSession } from './results-session.js';
import { ensureResultsStream, resultsPlace } from './results-stream.js';
import { SweepTimer } from './retention/sweep-timer.js';
import { Watchers } from './watchers.js';

/** A server that is away does not hold the shutdown up for longer. */
const PARTING_MS = 500;

interface Open {
  readonly session: ResultsSession;
  readonly timer: SweepTimer;
  readonly stopHearing: () => void;
}

interface Clocks {
  /** Undefined: the server's time counts. */
  readonly clock: Clock | undefined;
  readonly timers: Clock;
}

/** The session of one store, opened for the first that connects, closed after the last. */
export class SharedSession {
  readonly watchers: Watchers;
  #users = 0;
  #open: Promise<Open> | undefined;

  constructor(
    private readonly servers: NatsServers,
    private readonly settings: NatsStoreSettings,
    private readonly clocks: Clocks,
  ) {
    this.watchers = new Watchers(resultsPlace(settings).subjects);
  }

  /** Throws CapabilityError, or ResultsUnavailableError. */
  async open({ retention, report }: ResultsSettings): Promise<void> {
    this.#users += 1;
    const opening = (this.#open ??= this.#start());
    try {
      const { session, timer } = await opening;
      timer.report = report;
      await session.keeper.setPolicy(retention);
    } catch (error) {
      this.#users -= 1;
      if (this.#users === 0) await this.#end();
      throw asUnavailable(error);
    }
  }

  async close(): Promise<void> {
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users === 0) await this.#end();
  }

  /** Whatever goes wrong with the server is told as ResultsUnavailableError. */
  async use<Reply>(call: (session: ResultsSession) => Promise<Reply>): Promise<Reply> {
    try {
      return await call((await this.#opened()).session);
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  async sweep(): Promise<void> {
    try {
      await (await this.#opened()).timer.sweep();
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  #opened(): Promise<Open> {
    return this.#open ?? Promise.reject(new Error('the results store is not connected'));
  }

  async #start(): Promise<Open> {
    const shared = sharedLink(this.servers);
    const link = await shared.acquire();
    let session: ResultsSession;
    try {
      await ensureResultsStream(link.jetStream, this.settings);
      await ensureNoticesStream(link.jetStream, this.settings);
      session = this.#sessionOn(link);
    } catch (error) {
      await shared.release();
      throw error;
    }
    this.watchers.connect(link.connection, (id) => session.book.isThere(id));
    return {
      session,
      timer: new SweepTimer(session.sweeper, this.clocks.timers),
      stopHearing: link.onReconnect(() => this.watchers.wakeAll()),
    };
  }

  #sessionOn(link: NatsLink): ResultsSession {
    const { clock } = this.clocks;
    return new ResultsSession(link, {
      ...resultsPlace(this.settings),
      noticesStream: noticesStream(this.settings),
      name: systemRandom.id(),
      now: () => (clock ?? link.clock).now(),
    });
  }

  async #end(): Promise<void> {
    const opening = this.#open;
    this.#open = undefined;
    const open = await opening?.catch(() => undefined);
    if (open === undefined) return;
    open.stopHearing();
    this.watchers.disconnect();
    await within(systemClock, PARTING_MS, part(open), () => new Error('NATS is away')).catch(() => {
      // Another process waits some minutes before it sweeps: no harm.
    });
    await sharedLink(this.servers).release();
  }
}

async function part({ timer, session }: Open): Promise<void> {
  await timer.stop();
  await session.keeper.leave();
}

function asUnavailable(error: unknown): Error {
  if (error instanceof TasqueueError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ResultsUnavailableError(`NATS results: ${reason}`, { cause: error });
}
