import assert from 'node:assert/strict';
import type { BrokerCases } from './scene.js';

const MANY = 1_000;

export const dueTimes: BrokerCases = {
  async 'gives nothing before its instant'(scene) {
    const dueAt = (await scene.broker.ping()) + 300;
    await scene.enqueue({ id: 'a', dueAt });
    const worker = await scene.worker();
    await scene.pass(150);
    assert.deepEqual(await worker.claim(), []);
    assert.deepEqual(await scene.states('a'), ['delayed']);

    await scene.pass(200);
    assert.deepEqual(await scene.states('a'), ['waiting']);
    assert.deepEqual(await worker.claim(), ['a']);
    assert.equal(worker.delivery('a').dueAt, dueAt);
  },

  async 'gives nothing before its delay has passed'(scene) {
    const before = await scene.broker.ping();
    await scene.enqueue({ id: 'a', delayMs: 300 });
    const after = await scene.broker.ping();
    const { dueAt } = await scene.found('a');
    assert.ok(before + 300 <= dueAt && dueAt <= after + 300);

    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), []);
    await scene.pass(350);
    assert.deepEqual(await worker.claim(), ['a']);
  },

  async 'gives at once what was due in the past, in its turn'(scene) {
    const now = await scene.broker.ping();
    await scene.enqueue('a', { id: 'b', dueAt: now - 60_000 }, { id: 'c', delayMs: 0 });
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['a', 'b', 'c']);
    assert.ok(worker.delivery('b').dueAt >= now, 'it became due when it was enqueued');
  },

  async 'gives by due time what was enqueued in any order'(scene) {
    const at = (await scene.broker.ping()) + 150;
    await scene.enqueue({ id: 'c', dueAt: at + 3 }, { id: 'a', dueAt: at + 1 });
    await scene.enqueue({ id: 'd', dueAt: at + 4 }, { id: 'b', dueAt: at + 2 });
    await scene.pass(250);
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['a', 'b', 'c', 'd']);
  },

  async 'gives what is due at one instant in the order in which it was enqueued'(scene) {
    const dueAt = (await scene.broker.ping()) + 150;
    const ids = ['9', 'b', '10', 'a', 'Z', '1'];
    await scene.enqueue(...ids.map((id) => ({ id, dueAt })));
    await scene.pass(250);
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ids);
  },

  async 'gives what came due before what was enqueued later, though nobody looked'(scene) {
    await scene.enqueue({ id: 'due', delayMs: 100 });
    await scene.pass(200);
    await scene.enqueue('later');
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['due', 'later']);
  },

  async 'gives what waited before what came due later'(scene) {
    await scene.enqueue({ id: 'due', delayMs: 100 }, 'waiting');
    await scene.pass(200);
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['waiting', 'due']);
  },

  async 'lets a higher priority go first as soon as it is due, and not before'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('low-1', 'low-2', { id: 'high', priority: 1, delayMs: 100 });
    assert.deepEqual(await worker.claim(1), ['low-1']);
    await scene.pass(200);
    assert.deepEqual(await worker.claim(), ['high', 'low-2']);
  },

  async 'moves many that are due at once: each once, oldest first'(scene) {
    // Late enough for a slow machine to have accepted all of them before the first is due.
    const at = (await scene.broker.ping()) + 1_000;
    const ids = Array.from({ length: MANY }, (_, index) => `m-${index}`);
    const messages = ids.map((id, index) => scene.message({ id, dueAt: at + (index % 10) }));
    await scene.broker.enqueue(messages);
    await scene.pass(1_300);

    const worker = await scene.worker({ leaseMs: 60_000 });
    const given: string[] = [];
    while (given.length < MANY) {
      const claimed = await worker.claim(300);
      assert.ok(claimed.length > 0, `only ${given.length} came`);
      given.push(...claimed);
    }
    const tick = (id: string): number => Number(id.slice(2)) % 10;
    assert.deepEqual(
      given,
      ids.toSorted((a, b) => tick(a) - tick(b)),
    );
  },

  async 'keeps an instant far away'(scene) {
    const dueAt = Date.UTC(9999, 11, 31);
    await scene.enqueue({ id: 'a', dueAt });
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), []);
    assert.equal((await scene.found('a')).dueAt, dueAt);
  },
};
