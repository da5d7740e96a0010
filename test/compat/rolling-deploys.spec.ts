import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageCopy } from '../support/package/package-copy.js';
import type { StoresAddress } from '../support/processes/stores-address.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { NatsServer } from '../support/servers/nats-server.js';
import { RedisServer } from '../support/servers/redis-server.js';
import { NatsBroker, NatsResults } from '../../lib/nats/index.js';
import { RedisBroker, RedisResults } from '../../lib/redis/index.js';
import { AppProcess } from './support/app-process.js';
import { release } from './support/release.js';

const WITHIN_MS = 60_000;
const SOON = { interval: 50, timeout: 30_000 };
const KINDS = ['redis', 'nats'] as const;

let current: PackageCopy;
let next: PackageCopy;
const urls = { redis: '', nats: '' };
const stops: (() => Promise<unknown>)[] = [];
let prefixes = 0;

beforeAll(async () => {
  const redis = await RedisServer.start();
  const nats = await NatsServer.start();
  urls.redis = redis.url;
  urls.nats = nats.url;
  stops.push(
    () => redis.stop(),
    () => nats.stop(),
  );
  current = await release('this');
  next = await release('next');
  stops.push(
    () => current.remove(),
    () => next.remove(),
  );
}, WITHIN_MS);
afterAll(async () => {
  for (const stop of stops) await stop();
});

describe.each(KINDS)('two releases on one queue of %s', (kind) => {
  function site(): StoresAddress {
    const store = { kind, url: urls[kind], prefix: `deploy-${(prefixes += 1)}` };
    return { broker: store, results: store };
  }

  /** Looks at what the processes do; it works on nothing itself. */
  async function looker({ broker: { url, prefix } }: StoresAddress): Promise<LiveInstance> {
    const stores =
      kind === 'redis'
        ? {
            broker: new RedisBroker({ url }, { prefix }),
            results: new RedisResults({ url }, { prefix }),
          }
        : {
            broker: new NatsBroker({ servers: url }, { prefix }),
            results: new NatsResults({ servers: url }, { prefix }),
          };
    const instance = new LiveInstance(stores, { role: 'producer' });
    await instance.connect();
    return instance;
  }

  async function resultsOf({ client }: LiveInstance, ids: readonly string[]): Promise<unknown[]> {
    const results: unknown[] = [];
    for (const id of ids) {
      const status = () =>
        client.getJob(id).then(
          (found) => found.status,
          () => 'unknown',
        );
      await expect.poll(status, SOON).toBe('successful');
      results.push(await client.getResult(id));
    }
    return results;
  }

  it(
    'of which one writes the next version of the envelope: it is left to those who read it',
    async () => {
      const stores = site();
      const tasks = { stay: [] };
      const older = await AppProcess.start(current, { stores, tasks, release: 'older' });
      const newer = await AppProcess.start(next, { stores, tasks, release: 'newer' });
      const look = await looker(stores);
      const ofNewer = await newer.enqueue({ task: 'stay', count: 20 });
      const ofOlder = await older.enqueue({ task: 'stay', count: 20 });
      const grouped = await newer.enqueue({ task: 'stay', count: 5, group: 'grouped' });
      const results = await resultsOf(look, ofNewer);
      expect(results).toEqual(ofNewer.map((_, index) => `newer stay stay ${index}`));
      expect(await resultsOf(look, ofOlder)).toEqual(
        ofOlder.map((_, index): unknown =>
          expect.stringMatching(`^(older|newer) stay stay ${index}$`),
        ),
      );
      expect(grouped).toEqual(['grouped']);
      const members = Array.from({ length: 5 }, (_, index) => `grouped:${index}`);
      expect(await resultsOf(look, members)).toHaveLength(5);
      expect((await look.admin.failed()).items).toEqual([]);
      await older.leave();
      await newer.leave();
    },
    WITHIN_MS,
  );

  it(
    'of which the older is alone: what it cannot read fails with its bytes, and runs once the newer is there',
    async () => {
      const stores = site();
      const tasks = { stay: [] };
      const newer = await AppProcess.start(next, { stores, tasks, release: 'newer' });
      const look = await looker(stores);
      await look.admin.pause('work');
      const [id = ''] = await newer.enqueue({ task: 'stay', count: 1 });
      await newer.leave();
      const older = await AppProcess.start(current, { stores, tasks, release: 'older' });
      await look.admin.resume('work');
      await expect.poll(() => look.client.getJob(id), SOON).toMatchObject({ status: 'failed' });
      const failed = await look.client.getJob(id);
      expect(failed.prevError).toContain('format version 2');
      expect(failed.payload).toBeInstanceOf(Uint8Array);
      await older.leave();
      await AppProcess.start(next, { stores, tasks, release: 'newer' });
      await look.client.retry(id);
      expect(await resultsOf(look, [id])).toEqual(['newer stay stay 0']);
    },
    WITHIN_MS,
  );

  it(
    'that have other tasks: renamed, added and removed ones lose nothing',
    async () => {
      const stores = site();
      const before = { stay: [], mail: [], gone: [] };
      const after = { stay: [], post: ['mail'], fresh: [] };
      const older = await AppProcess.start(current, { stores, tasks: before, release: 'older' });
      const newer = await AppProcess.start(current, { stores, tasks: after, release: 'newer' });
      const look = await looker(stores);
      const count = 10;
      const [stay, mail, gone] = [
        await older.enqueue({ task: 'stay', count }),
        await older.enqueue({ task: 'mail', count }),
        await older.enqueue({ task: 'gone', count }),
      ];
      const [post, fresh] = [
        await newer.enqueue({ task: 'post', count }),
        await newer.enqueue({ task: 'fresh', count }),
      ];
      const all = (await resultsOf(look, [...stay, ...mail, ...gone, ...post, ...fresh])).map(
        String,
      );
      expect(all).toHaveLength(5 * count);
      const of = (task: string): string[] => all.filter((result) => result.includes(` ${task} `));
      expect(of('gone').every((result) => result.startsWith('older gone gone'))).toBe(true);
      expect(of('fresh').every((result) => result.startsWith('newer fresh fresh'))).toBe(true);
      expect(of('mail')).toEqual(
        of('mail').map((): unknown => expect.stringMatching(/^(older mail|newer post) mail/)),
      );
      expect((await look.admin.failed()).items).toEqual([]);

      // The last of the old ones has gone, and its task with it: such a job fails, and is kept.
      await look.admin.pause('work');
      const [late = ''] = await older.enqueue({ task: 'gone', count: 1 });
      await older.leave();
      await look.admin.resume('work');
      await expect.poll(() => look.client.getJob(late), SOON).toMatchObject({ status: 'failed' });
      expect(await look.client.getJob(late)).toMatchObject({ task: 'gone', payload: 0 });
      await AppProcess.start(current, { stores, tasks: before, release: 'rolled back' });
      await look.client.retry(late);
      expect(await resultsOf(look, [late])).toEqual(['rolled back gone gone 0']);
    },
    WITHIN_MS,
  );
});
