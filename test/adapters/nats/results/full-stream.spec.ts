import { connect, type NatsConnection } from 'nats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NatsResults } from '../../../../lib/adapters/nats/nats-results.js';
import { CapabilityError, ResultsUnavailableError } from '../../../../lib/core/errors.js';
import { put } from '../../../../lib/testing/conformance/results/asserting.js';
import { aJob, finished } from '../../../../lib/testing/conformance/results/records.js';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { freshPrefix, OpenStores } from './store-for-tests.js';

let server: NatsServer;
let connection: NatsConnection;
let results: NatsResults;
const stores = new OpenStores();
const prefix = freshPrefix();

beforeAll(async () => {
  server = await NatsServer.start();
  connection = await connect({ servers: server.url });
  results = await stores.open(server.url, { prefix });
});
afterAll(async () => {
  await stores.close();
  await connection.close();
  await server.stop();
});

async function limit(bytes: number): Promise<void> {
  const manager = await connection.jetstreamManager();
  await manager.streams.update(`${prefix}-results`, { max_bytes: bytes });
}

describe('A stream that an operator has limited', () => {
  it('refuses what is new once it is full, and loses nothing', async () => {
    await limit(64 * 1_024);
    const ids: string[] = [];
    const fill = async (): Promise<void> => {
      for (let number = 0; ; number += 1) {
        await put(results, finished(`job-${number}`, number + 1));
        ids.push(`job-${number}`);
      }
    };

    await expect(fill()).rejects.toThrow(ResultsUnavailableError);
    expect(ids.length).toBeGreaterThan(50);
    const found = await results.get(ids);
    expect(found.filter((entry) => entry !== undefined)).toHaveLength(ids.length);

    await limit(-1);
    await put(results, aJob('again'));
  });

  it('is taken as it is by the next that connects', async () => {
    await limit(2 ** 20);

    await expect(stores.open(server.url, { prefix })).resolves.toBeDefined();
  });

  it('is refused where it keeps less than it has to', async () => {
    const manager = await connection.jetstreamManager();
    const other = freshPrefix();
    await manager.streams.add({ name: `${other}-results`, subjects: [`${other}-results.>`] });

    const opening = stores.open(server.url, { prefix: other });
    await expect(opening).rejects.toThrow(CapabilityError);
    await expect(opening).rejects.toThrow(/max_msgs_per_subject is -1 instead of 1/);
  });
});
