import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidOptionsError, NotFoundError } from '../../lib/core/errors.js';
import { chain } from '../../lib/core/spec/chain.js';
import { defineTask } from '../../lib/core/spec/define-task.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { IMPOSSIBLE_IDS, ODD_NAMES, REFUSED_NAMES } from './support/names.js';
import { storesSites } from './support/stores.js';

const HOUR_MS = 3_600_000;
const sorted = (texts: readonly string[]) => texts.toSorted();

describe.each(storesSites())('hostile names on $name', (site) => {
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  async function workers(options = {}) {
    const instance = new LiveInstance(site.open(), options);
    for (const name of ODD_NAMES)
      instance.task(name, (payload, { id, task, queue }) => [payload, id, task, queue], {
        queue: name,
      });
    return instance.start();
  }

  it('that are taken work as ids, tasks and queues, each for itself', async () => {
    const { client, admin } = await workers({ retention: { successful: { age: HOUR_MS } } });
    const handles = await Promise.all(
      ODD_NAMES.map((name) => client.enqueue(name, 1, { id: name, headers: { [name]: name } })),
    );
    expect(await Promise.all(handles.map((handle) => handle.result()))).toEqual(
      ODD_NAMES.map((name) => [1, name, name, name]),
    );
    const { items } = await admin.successful({ limit: 1_000 });
    expect(sorted(items.map(({ id }) => id))).toEqual(sorted(ODD_NAMES));
    for (const name of ODD_NAMES) {
      expect(await client.getJob(name)).toMatchObject({ id: name, task: name, queue: name });
      expect((await client.getJob(name)).headers).toEqual({ [name]: name });
      expect((await admin.stats(name)).successful).toBe(1);
      expect((await client.enqueue(name, 2, { id: name })).duplicate).toBe(true);
    }
    for (const name of ODD_NAMES) await client.deleteJob(name);
    expect((await admin.successful()).items).toEqual([]);
    await expect(client.getJob('a:b')).rejects.toThrow(NotFoundError);
  });

  it('that are taken wait, are listed, cancelled and cleared, each for itself', async () => {
    const { client, admin } = await workers();
    for (const name of ODD_NAMES) await client.enqueue(name, 1, { id: name, delay: HOUR_MS });
    for (const name of ODD_NAMES) {
      const { items } = await admin.scheduled(name);
      expect(items.map(({ id }) => id)).toEqual([name]);
    }
    const cancelled = ODD_NAMES.filter((_, index) => index % 2 === 0);
    const cleared = ODD_NAMES.filter((_, index) => index % 2 === 1);
    for (const name of cancelled) expect(await client.cancel(name)).toBe(true);
    for (const name of cleared) expect(await admin.clear(name)).toBe(1);
    const { items } = await admin.cancelled({ limit: 1_000 });
    expect(sorted(items.map(({ id }) => id))).toEqual(sorted(cancelled));
  });

  it('that are taken name groups, chains and schedules', async () => {
    const { client, admin } = await workers();
    for (const name of ODD_NAMES) {
      const members = await client.enqueueGroup(
        group([job(name, 1)], { id: `g${name}`.slice(0, 200) }),
      );
      expect(await members.result()).toMatchObject([[1, expect.anything(), name, name]]);
      const steps = await client.enqueueChain(
        chain([job(name, 1), job(name, 2)], { id: `c${name}`.slice(0, 200) }),
      );
      expect(await steps.result()).toMatchObject([2, expect.anything(), name, name]);
      await client.enqueue(name, 1, { id: `s${name}`.slice(0, 200), schedule: '0 0 1 1 *' });
    }
    expect(await admin.schedules()).toHaveLength(
      new Set(ODD_NAMES.map((name) => `s${name}`.slice(0, 200))).size,
    );
  });

  it.each(REFUSED_NAMES)('are refused before anything is sent: %#', async (name) => {
    const { client, broker } = await opened();
    const wrong = [
      () => client.enqueue('*', 1, { id: name }),
      () => client.enqueue('*', 1, { queue: name }),
      () => client.enqueue(name, 1),
      () => client.enqueue('*', 1, { headers: { [name]: 'x' } }),
      () => client.enqueue('*', 1, { id: name, schedule: '* * * * *' }),
      async () => client.enqueueGroup(group([], { id: name })),
      async () => client.enqueueChain(chain([job('*'), job('*')], { id: name })),
      async () => void defineTask(name),
      async () => void defineTask('a', { aliases: [name] }),
      async () => void defineTask('a', { queue: name }),
      async () => void new LiveInstance(site.open(), { queues: [name] }),
    ];
    for (const attempt of wrong) await expect(attempt()).rejects.toThrow(InvalidOptionsError);
    expect(await broker.inspect.queues()).toEqual([]);
  });

  it.each(IMPOSSIBLE_IDS)('that nothing can have are not found: %#', async (id) => {
    const { client, admin } = await opened();
    // What a lone surrogate becomes in UTF-8.
    const other = await client.enqueue('*', 1, { id: '\u{FFFD}', delay: HOUR_MS });
    for (const attempt of [
      () => client.getJob(id),
      () => client.getGroup(id),
      () => client.getChain(id),
      () => client.getResult(id),
      () => client.cancel(id),
      () => client.deleteJob(id),
      () => client.retry(id),
      () => admin.schedule(id),
      () => admin.removeSchedule(id),
      () => admin.pauseSchedule(id),
      () => admin.runNow(id),
    ])
      await expect(attempt()).rejects.toThrow(NotFoundError);
    expect(await other.get()).toMatchObject({ status: 'scheduled' });
  });

  it.each(IMPOSSIBLE_IDS)('that no queue can have are refused by lists: %#', async (queue) => {
    const { admin } = await opened();
    for (const attempt of [
      () => admin.stats(queue),
      () => admin.pending(queue),
      () => admin.scheduled(queue),
      () => admin.pause(queue),
      () => admin.resume(queue),
      () => admin.clear(queue),
      () => admin.retryAll({ queue }),
      () => admin.deleteAll({ task: queue }),
    ])
      await expect(attempt()).rejects.toThrow(InvalidOptionsError);
    expect(await admin.queues()).toEqual([]);
  });

  /** One that works on nothing. */
  async function opened() {
    const stores = site.open();
    const instance = new LiveInstance(stores, { role: 'producer', unknownTasks: 'allow' });
    await instance.connect();
    return { ...stores, client: instance.client, admin: instance.admin };
  }
});
