import type { Tasqueue } from '../../lib/core/tasqueue.js';
import { dieAtOnce, doomed, type Doom } from '../../test/support/processes/doom.js';
import { openBroker, openResults } from '../../test/support/processes/stores-address.js';
import { instanceOf } from './instance.js';
import { JournalFile } from './journal.js';
import type { Order } from './orders.js';
import { taskOf } from './tasks.js';
import { wrongClock } from './wrong-clock.js';
import { witnessed } from './witnessed.js';

/** One seed in the life of a worker process: an instance of its own, and a journal of what it does. */
export class Shift {
  private constructor(
    private readonly tasqueue: Tasqueue,
    private readonly journal: JournalFile,
  ) {}

  static async begin(order: Extract<Order, { kind: 'work' }>): Promise<Shift> {
    const { stores, terms, fate, journalFile } = order;
    const journal = new JournalFile(journalFile);
    const fatal = <Store extends object>(store: Store, which: Doom['store']): Store =>
      fate.dooms
        .filter((doom) => doom.store === which)
        .reduce((safe, doom) => doomed(safe, doom, () => fallAt(doom, journal)), store);
    const tasqueue = instanceOf(
      {
        broker: fatal(await openBroker(stores.broker), 'broker'),
        results: fatal(witnessed(await openResults(stores.results), journal), 'results'),
        clock: wrongClock,
      },
      {
        queues: terms.queues,
        lease: terms.leaseMs,
        maxCrashes: terms.maxCrashes,
        shutdownTimeout: 1_000,
        onStartup: 'lazy',
      },
    );
    const block = (): void => hold(terms.blockMs);
    const { deadlyStart, deadlyCallback } = fate;
    const body = { clock: wrongClock, journal, die: dieAtOnce, block, deadlyStart, deadlyCallback };
    tasqueue.register([taskOf(body)]);
    await tasqueue.connect();
    await tasqueue.start();
    return new Shift(tasqueue, journal);
  }

  async end(): Promise<void> {
    await this.tasqueue.close();
    this.journal.close();
  }
}

function fallAt({ store, method, when, call }: Doom, journal: JournalFile): Promise<never> {
  journal.write({ kind: 'death', where: `${when} call ${call} of ${store}.${method}` });
  return dieAtOnce();
}

function hold(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
