import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NatsResults } from '../../../../lib/adapters/nats/nats-results.js';
import { read } from '../../../../lib/testing/conformance/results/asserting.js';
import {
  aJob,
  aMark,
  aPlan,
  finished,
} from '../../../../lib/testing/conformance/results/records.js';
import { FaultProxy } from '../../../support/servers/fault-proxy.js';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { freshPrefix, OpenStores } from './store-for-tests.js';

let server: NatsServer;
let proxy: FaultProxy;
let results: NatsResults;
let other: NatsResults;
const stores = new OpenStores();

beforeAll(async () => {
  server = await NatsServer.start();
});
afterAll(() => server.stop());

beforeEach(async () => {
  proxy = await FaultProxy.start(server.port);
  const prefix = freshPrefix();
  results = await stores.open(`nats://127.0.0.1:${proxy.port}`, { prefix });
  other = await stores.open(server.url, { prefix });
});
afterEach(async () => {
  await stores.close();
  await proxy.stop();
});

/** What is sent next arrives, and the connection breaks before its answer does. */
function loseTheAnswer(): void {
  proxy.cutAfter('toClient', 0);
}

describe('A confirmation that is lost', () => {
  it('does not make a write that was stored a refused one', async () => {
    loseTheAnswer();
    const [reply] = await results.put([{ record: aJob('a'), expect: 0 }]);

    expect(reply).toEqual({ stored: true, revision: (await read(other, 'a'))?.revision });
  });

  it('does not make the write of another, be it the very same, one of ours', async () => {
    const [first] = await other.put([{ record: aJob('a'), expect: 0 }]);

    loseTheAnswer();
    const [reply] = await results.put([{ record: aJob('a'), expect: 0 }]);

    expect(first?.stored).toBe(true);
    expect(reply?.stored).toBe(false);
  });

  it('loses no mark, and counts it once', async () => {
    await results.plan([aPlan('p', ['a', 'b'])]);

    loseTheAnswer();
    const progress = await results.mark([aMark('a')]);

    expect(progress).toEqual([{ members: 2, open: 1 }]);
  });

  it('leaves a tombstone where a record was', async () => {
    await results.put([{ record: finished('a', 1), expect: 0 }]);

    loseTheAnswer();
    await results.delete([{ id: 'a', generation: 1 }]);

    expect((await read(other, 'a'))?.record.kind).toBe('tombstone');
    expect(await other.counts()).toEqual({ successful: 0, failed: 0, cancelled: 0 });
  });

  it('brings a list to its end', async () => {
    await results.put([{ record: finished('a', 1), expect: 0 }]);
    expect(await results.counts()).toMatchObject({ successful: 1 });
    await other.put([{ record: finished('b', 2), expect: 0 }]);

    loseTheAnswer();
    const page = await results.page({ status: 'successful' }, { limit: 10 });

    expect(page.items.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
