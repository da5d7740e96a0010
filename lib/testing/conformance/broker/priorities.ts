import assert from 'node:assert/strict';
import type { BrokerCases } from './scene.js';

export const priorities: BrokerCases = {
  async 'gives higher priorities first, and the oldest first within one'(scene) {
    await scene.enqueue('0-a', { id: '5-a', priority: 5 }, { id: '-5-a', priority: -5 });
    await scene.enqueue({ id: '5-b', priority: 5 }, '0-b', { id: '-5-b', priority: -5 });
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['5-a', '5-b', '0-a', '0-b', '-5-a', '-5-b']);
  },

  async 'compares priorities as numbers, not as texts'(scene) {
    const values = [9, 10, -9, -10, 100, 1, 0, -1, 1_000_000, -1_000_000];
    await scene.enqueue(...values.map((priority) => ({ id: `p${priority}`, priority })));
    const worker = await scene.worker();
    assert.deepEqual(
      await worker.claim(),
      values.toSorted((a, b) => b - a).map((priority) => `p${priority}`),
    );
    assert.equal(worker.delivery('p-1000000').priority, -1_000_000);
  },

  async 'keeps the order through many claims and arrivals'(scene) {
    const worker = await scene.worker({ leaseMs: 60_000 });
    const expected: { id: string; priority: number }[] = [];
    const given: string[] = [];
    const claimed: string[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const arrivals = Array.from({ length: 25 }, (_, index) => ({
        id: `${turn}-${index}`,
        priority: (turn * 7 + index * 13) % 5,
      }));
      await scene.enqueue(...arrivals);
      expected.push(...arrivals);
      expected.sort((a, b) => b.priority - a.priority);
      claimed.push(...expected.splice(0, 20).map(({ id }) => id));
      given.push(...(await worker.claim(20)));
    }
    assert.deepEqual(given, claimed);
  },

  async 'gives an ordinary message before lower ones, also once ordinary ones had run out'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', { id: 'low-1', priority: -5 }, { id: 'low-2', priority: -5 });
    assert.deepEqual(await worker.claim(2), ['a', 'low-1']);
    await scene.enqueue('b');
    assert.deepEqual(await worker.claim(), ['b', 'low-2']);
  },

  async 'gives the higher priority to a claim of one, whatever came first'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('low');
    await scene.enqueue({ id: 'high', priority: 1 });
    assert.deepEqual(await worker.claim(1), ['high']);
    await scene.enqueue({ id: 'higher', priority: 2 });
    assert.deepEqual(await worker.claim(1), ['higher']);
    assert.deepEqual(await worker.claim(1), ['low']);
  },
};
