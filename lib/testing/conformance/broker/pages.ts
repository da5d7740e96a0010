import assert from 'node:assert/strict';
import type { BrokerCases, Scene } from './scene.js';

const MOST_PAGES = 100;

/** All ids, walked page by page; `between` is done after each page. */
async function walk(
  scene: Scene,
  state: 'waiting' | 'delayed',
  limit: number,
  between: (page: number) => Promise<unknown> = async () => undefined,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const page = await scene.broker.inspect.page('orders', state, { cursor, limit });
    assert.ok(page.items.length <= limit, `${page.items.length} items, although limit is ${limit}`);
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === undefined) return ids;
    cursor = page.next;
    await between(turn);
  }
  return assert.fail('the pages do not come to an end');
}

export const pages: BrokerCases = {
  async 'shows what waits, by priority and age'(scene) {
    await scene.enqueue('0-a', { id: '5-a', priority: 5 }, { id: '-5-a', priority: -5 });
    await scene.enqueue({ id: '5-b', priority: 5 }, '0-b', '0-c');
    const expected = ['5-a', '5-b', '0-a', '0-b', '0-c', '-5-a'];
    for (const limit of [1, 2, 3, 6, 100])
      assert.deepEqual(await walk(scene, 'waiting', limit), expected, `limit ${limit}`);
  },

  async 'shows what is delayed or retrying, by due time'(scene) {
    const worker = await scene.worker();
    const at = (await scene.broker.ping()) + 60_000;
    await scene.enqueue('b');
    await worker.claim();
    await worker.retry('b', { dueAt: at + 2 });
    await scene.enqueue({ id: 'd', dueAt: at + 4 }, { id: 'a', dueAt: at + 1, priority: -9 });
    await scene.enqueue({ id: 'c', dueAt: at + 3 }, { id: 'c2', dueAt: at + 3, priority: 9 });
    for (const limit of [1, 2, 5, 100])
      assert.deepEqual(await walk(scene, 'delayed', limit), ['a', 'b', 'c', 'c2', 'd']);
  },

  async 'shows the messages themselves'(scene) {
    const dueAt = (await scene.broker.ping()) + 60_000;
    await scene.enqueue({ id: 'a', generation: 2, dueAt, priority: 3 });
    const { items } = await scene.broker.inspect.page('orders', 'delayed', { limit: 5 });
    assert.deepEqual(items, await scene.broker.find(['a']));
  },

  async 'leaves out what is claimed, plans and schedules'(scene) {
    const worker = await scene.worker();
    const schedule = { kind: 'schedule', priority: 1 } as const;
    await scene.enqueue('started', 'claimed', 'a', 'b', { id: 'later', delayMs: 60_000 });
    await worker.claim(1);
    await worker.readAhead(1);
    await scene.enqueue({ id: 's1', ...schedule }, { id: 's2', ...schedule, delayMs: 50_000 });
    await scene.enqueue({ id: 'p1', kind: 'plan' }, { id: 'p2', kind: 'plan', delayMs: 50_000 });
    assert.deepEqual(await walk(scene, 'waiting', 1), ['a', 'b']);
    assert.deepEqual(await walk(scene, 'delayed', 1), ['later']);
  },

  async 'shows nothing of an empty queue, and nothing of others'(scene) {
    await scene.enqueue({ id: 'a', queue: 'other' });
    for (const state of ['waiting', 'delayed'] as const) {
      const page = await scene.broker.inspect.page('orders', state, { limit: 5 });
      assert.deepEqual([page.items, page.next], [[], undefined]);
    }
  },

  async 'goes on where it was while items come and go'(scene) {
    const worker = await scene.worker();
    const ids = Array.from({ length: 40 }, (_, index) => `m-${10 + index}`);
    await scene.enqueue(...ids);
    const shown = await walk(scene, 'waiting', 10, async (page) => {
      // What was shown is worked off, some of what comes is taken away, and more is added.
      await worker.claim(5);
      await scene.remove(`m-${29 + 10 * page}`);
      await scene.enqueue(`new-${page}`, { id: `urgent-${page}`, priority: 1 });
    });
    assert.deepEqual(
      shown.filter((id) => id.startsWith('m-')),
      ids.filter((id) => !['m-29', 'm-39', 'm-49'].includes(id)),
    );
    assert.equal(new Set(shown).size, shown.length, 'something was shown twice');
  },

  async 'goes on where it was while delayed items come due and come in'(scene) {
    const at = (await scene.broker.ping()) + 60_000;
    const ids = Array.from({ length: 30 }, (_, index) => `m-${10 + index}`);
    await scene.enqueue(...ids.map((id, index) => ({ id, dueAt: at + index })));
    const shown = await walk(scene, 'delayed', 10, async (page) => {
      await scene.remove(`m-${10 + page}`, `m-${19 + page * 10}`);
      await scene.enqueue({ id: `sooner-${page}`, dueAt: at - 1 });
    });
    assert.deepEqual(shown, ids);
  },

  async 'shows what has come due among what waits'(scene) {
    await scene.enqueue({ id: 'due', delayMs: 50 }, 'first', { id: 'later', delayMs: 60_000 });
    await scene.pass(100);
    assert.deepEqual(await walk(scene, 'waiting', 10), ['first', 'due']);
    assert.deepEqual(await walk(scene, 'delayed', 10), ['later']);
  },
};
