import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NatsResults } from '../../../../lib/adapters/nats/nats-results.js';
import { Alarm, put, read, walk } from '../../../../lib/testing/conformance/results/asserting.js';
import { aMark, aPlan, finished } from '../../../../lib/testing/conformance/results/records.js';
import { KEEP_NONE } from '../../../../lib/testing/conformance/results/time-travel.js';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { readPage } from '../../../support/docs/page-check.js';

let server: NatsServer;

/** What the docs say is needed, for the prefix of this test. */
async function documentedRights(): Promise<{ publish: string[]; subscribe: string[] }> {
  const [, table = ''] = (await readPage('docs/nats-results.md')).split('\n## Rights\n');
  const rows = table.split('\n').filter((line) => line.startsWith('|'));
  const column = (at: number): string[] =>
    rows
      .slice(2)
      .flatMap((row) =>
        [...(row.split('|')[at] ?? '').matchAll(/`([^`]+)`/g)].map(([, subject = '']) =>
          subject.replace('<prefix>', 'shop'),
        ),
      );
  return { publish: column(2), subscribe: column(3) };
}

beforeAll(async () => {
  const permissions = JSON.stringify(await documentedRights());
  server = await NatsServer.start({
    config: `authorization { users: [{ user: "worker", password: "p", permissions: ${permissions} }] }`,
  });
});
afterAll(() => server.stop());

describe('The rights that the docs name', () => {
  it('are enough for all that results do', async () => {
    const servers = { servers: server.url, user: 'worker', pass: 'p' };
    const results = new NatsResults(servers, { prefix: 'shop' });
    await results.connect({ retention: KEEP_NONE });
    const alarm = new Alarm();
    const stop = results.watch('a', alarm.wake);

    await put(results, finished('a', 1));
    await alarm.rung();
    await results.plan([aPlan('p', ['a'])]);
    expect(await results.mark([aMark('a')])).toEqual([{ members: 1, open: 0 }]);
    expect(await walk(results, { status: 'successful' })).toEqual(['a']);
    expect(await results.counts('mail')).toMatchObject({ successful: 1 });
    await results.sweep();
    expect(await read(results, 'a')).toBeUndefined();

    stop();
    await results.close();
  });
});
