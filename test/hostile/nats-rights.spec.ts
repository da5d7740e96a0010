import { setTimeout } from 'node:timers/promises';
import { connect, Events, type JetStreamManager, type NatsConnection } from 'nats';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NatsBroker, NatsResults } from '../../lib/nats/index.js';
import { describeBroker } from '../../lib/testing/describe-broker.js';
import { describeResults } from '../../lib/testing/describe-results.js';
import { resultsWorld } from '../adapters/nats/results-world.js';
import { readPage } from '../support/docs/page-check.js';
import { NatsServer } from '../support/servers/nats-server.js';

/** Rights name a prefix, and each case has its own: the users may use so many. */
const PREFIXES = Array.from({ length: 400 }, (_, index) => `shop-${index}`);

let server: NatsServer;
let admin: NatsConnection;
let streams: JetStreamManager;
let cases = 0;

const nextPrefix = (): string => PREFIXES[(cases += 1)] ?? 'none-left';

async function documentedRights(page: string) {
  const [, table = ''] = (await readPage(page)).split('\n## Rights\n');
  const rows = table.split('\n').filter((line) => line.startsWith('|'));
  const column = (at: number): string[] =>
    rows
      .slice(2)
      .flatMap((row) =>
        [...(row.split('|')[at] ?? '').matchAll(/`([^`]+)`/g)].map(([, subject = '']) => subject),
      );
  const ofEach = (subjects: readonly string[]): string[] => [
    ...new Set(
      PREFIXES.flatMap((prefix) => subjects.map((subject) => subject.replace('<prefix>', prefix))),
    ),
  ];
  return { publish: ofEach(column(2)), subscribe: ofEach(column(3)) };
}

beforeAll(async () => {
  const users = [
    { user: 'broker', password: 'p', permissions: await documentedRights('docs/nats.md') },
    { user: 'results', password: 'p', permissions: await documentedRights('docs/nats-results.md') },
    { user: 'admin', password: 'p' },
  ];
  server = await NatsServer.start({ config: `authorization { users: ${JSON.stringify(users)} }` });
  admin = await connect({ servers: server.url, user: 'admin', pass: 'p' });
  streams = await admin.jetstreamManager();
});
afterAll(async () => {
  await admin.close();
  await server.stop();
});

const as = (user: string) => ({ servers: server.url, user, pass: 'p' });

const framework = { describe, it, beforeEach, afterEach };

describeBroker(
  'NatsBroker with the rights that its page names, and no others,',
  async () => {
    const prefix = nextPrefix();
    const open = () => new NatsBroker(as('broker'), { prefix });
    return {
      broker: open(),
      another: async () => open(),
      pass: (ms) => setTimeout(ms),
      dispose: async () => undefined,
    };
  },
  framework,
);

describeResults(
  'NatsResults with the rights that its page names, and no others,',
  async () => {
    const prefix = nextPrefix();
    return resultsWorld((clock) => new NatsResults(as('results'), { prefix, clock }));
  },
  framework,
);

describe('a user with these rights', () => {
  it.each(['broker', 'results'])('may touch nothing of others: %s', async (user) => {
    await streams.streams.add({ name: 'others', subjects: ['others.>'] });
    const connection = await connect({ ...as(user), maxReconnectAttempts: 0 });
    const refused: unknown[] = [];
    const follow = async () => {
      for await (const { type, data } of connection.status())
        if (type === Events.Error) refused.push(data);
    };
    void follow();
    const subjects = ['others.x', '$JS.API.STREAM.PURGE.others', '$JS.API.STREAM.DELETE.others'];
    for (const subject of [...subjects, '$JS.API.STREAM.UPDATE.others', '$SYS.REQ.SERVER.PING'])
      connection.publish(subject, '{}');
    connection.subscribe('others.>', { callback: () => undefined });
    await expect.poll(() => refused.length).toBe(6);
    await connection.close();
    expect((await streams.streams.info('others')).state.messages).toBe(0);
    await streams.streams.delete('others');
  });
});
