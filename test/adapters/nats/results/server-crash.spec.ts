import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NatsResults } from '../../../../lib/adapters/nats/nats-results.js';
import { ResultsUnavailableError } from '../../../../lib/core/errors.js';
import type { Results } from '../../../../lib/core/ports/results.js';
import { Alarm } from '../../../../lib/testing/conformance/results/asserting.js';
import {
  aMark,
  aPlan,
  finished,
  idsOf,
} from '../../../../lib/testing/conformance/results/records.js';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { freshPrefix, OpenStores } from './store-for-tests.js';

const WRITERS = 20;
const MEMBERS = 400;

let server: NatsServer;
let results: NatsResults;
const stores = new OpenStores();
const prefix = freshPrefix();

beforeEach(async () => {
  server = await NatsServer.start();
  results = await stores.open(server.url, { prefix });
});
afterEach(async () => {
  await stores.close();
  await server.stop();
});

/** Goes on until the store answers; a call that was lost may have taken effect. */
async function insist<Reply>(call: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ResultsUnavailableError)) throw error;
      await setImmediate();
    }
  }
}

/** Puts one job after the other until told to stop; gives the revisions that were confirmed. */
class Writer {
  readonly confirmed = new Map<string, number>();
  stopped = false;

  constructor(
    private readonly store: Results,
    private readonly name: string,
  ) {}

  async run(): Promise<void> {
    for (let number = 0; !this.stopped; number += 1) {
      const id = `${this.name}-${number}`;
      const [reply] = await insist(() =>
        this.store.put([{ record: finished(id, number + 1), expect: 0 }]),
      );
      // Refused: by the same write, of which the confirmation was lost.
      const revision = reply?.stored ? reply.revision : reply?.current?.revision;
      this.confirmed.set(id, revision ?? 0);
    }
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it did not come to that in time');
    await setImmediate();
  }
}

describe('A server that is killed', () => {
  it('has every outcome that it confirmed, at the revision that it gave', async () => {
    const writers = idsOf(WRITERS, 'writer').map((name) => new Writer(results, name));
    const total = (): number => writers.reduce((sum, { confirmed }) => sum + confirmed.size, 0);
    const running = Promise.all(writers.map((writer) => writer.run()));

    for (const goal of [1_000, 3_000]) {
      await until(() => total() >= goal);
      await server.kill();
      await server.restart();
    }
    await until(() => total() >= 5_000);
    for (const writer of writers) writer.stopped = true;
    await running;

    const confirmed = writers.flatMap((writer) => [...writer.confirmed]);
    const found = await results.get(confirmed.map(([id]) => id));
    expect(found.map((entry) => entry?.revision)).toEqual(confirmed.map(([, at]) => at));
    const other = await stores.open(server.url, { prefix });
    const counted = { successful: total(), failed: 0, cancelled: 0 };
    expect(await results.counts()).toEqual(counted);
    expect(await other.counts('mail')).toEqual(counted);
  }, 60_000);

  it('has every mark that it confirmed, and tells somebody that the plan has ended', async () => {
    const ids = idsOf(MEMBERS, 'member');
    await results.plan([aPlan('p', ids)]);
    const other = await stores.open(server.url, { prefix });
    let marked = 0;
    const opens: (number | undefined)[] = [];
    const markSome = async (store: Results, some: readonly string[]): Promise<void> => {
      for (const id of some) {
        const [progress] = await insist(() => store.mark([aMark(id)]));
        opens.push(progress?.open);
        marked += 1;
      }
    };

    const half = MEMBERS / 2;
    const marking = Promise.all([
      markSome(results, ids.slice(0, half)),
      markSome(other, ids.slice(half)),
    ]);
    await until(() => marked >= half / 2);
    await server.kill();
    await server.restart();
    await marking;

    expect(Math.min(...opens.map((open) => open ?? MEMBERS))).toBe(0);
    expect(await results.mark([aMark(ids[0])])).toEqual([{ members: MEMBERS, open: 0 }]);
  }, 60_000);

  it('wakes those who watch once it is back, and tells them of what comes', async () => {
    const alarm = new Alarm();
    const stop = results.watch('a', alarm.wake);
    const before = alarm.calls;

    await server.kill();
    await server.restart();
    await alarm.rung(before + 1);

    const back = alarm.calls;
    await insist(() => results.put([{ record: finished('a', 1), expect: 0 }]));
    await expect(alarm.rung(back + 1)).resolves.toBeUndefined();
    stop();
  }, 30_000);

  it('does not hold up a store that closes while it is away', async () => {
    await server.kill();
    const started = performance.now();

    await stores.close();

    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
