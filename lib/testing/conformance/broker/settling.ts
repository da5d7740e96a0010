import assert from 'node:assert/strict';
import { LAPSE_MS, type BrokerCases } from './scene.js';

export const settling: BrokerCases = {
  async 'lets an acknowledged message go for good'(scene) {
    const [worker, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b', 'c');
    await worker.claim(2);
    assert.deepEqual(await worker.ack('a', 'b'), []);
    assert.deepEqual(await scene.states('a', 'b', 'c'), [undefined, undefined, 'waiting']);
    await scene.live(LAPSE_MS, other);
    assert.deepEqual(await other.claim(), ['c']);
  },

  async 'brings a retried message back after its delay, and not before'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.claim();
    assert.deepEqual(await worker.retry('a', { delayMs: 300 }), []);
    await scene.pass(100);
    assert.deepEqual(await worker.claim(), []);
    assert.deepEqual(await scene.states('a'), ['retrying']);

    await scene.live(250, worker);
    assert.deepEqual(await scene.states('a'), ['waiting']);
    assert.deepEqual(await worker.claim(), ['a']);
    const { redelivered, crashes } = worker.delivery('a');
    assert.deepEqual([redelivered, crashes], [true, 0]);
  },

  async 'brings a retried message back at an instant of server time'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.claim();
    const dueAt = (await scene.broker.ping()) + 200;
    await worker.retry('a', { dueAt });
    assert.equal((await scene.found('a')).dueAt, dueAt);
    assert.deepEqual(await worker.claim(), []);

    await scene.pass(250);
    assert.deepEqual(await worker.claim(), ['a']);
    assert.equal(worker.delivery('a').dueAt, dueAt);
  },

  async 'brings a message retried without delay back at once, behind what is due already'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b', 'c', 'd');
    await worker.claim(3);
    await worker.retry('a', { delayMs: 0 });
    await worker.retry('b', {});
    await worker.retry('c', { dueAt: 1 });
    assert.deepEqual(await worker.claim(), ['d', 'a', 'b', 'c']);
  },

  async 'keeps the priority of a message that is retried'(scene) {
    const worker = await scene.worker();
    await scene.enqueue({ id: 'high', priority: 1 }, 'low');
    await worker.claim(1);
    await worker.retry('high', { delayMs: 0 });
    assert.deepEqual(await worker.claim(), ['high', 'low']);
  },

  async 'puts handed-back messages in front, in their old order'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b', 'c', 'd', 'e');
    await worker.claim(4);
    await worker.giveBack('d', 'b');
    await worker.release('c');
    await worker.giveBack('a');
    assert.deepEqual(await worker.claim(), ['a', 'b', 'c', 'd', 'e']);
  },

  async 'puts handed-back messages in front of their own priority only'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('low-1', 'low-2', { id: 'high-1', priority: 5 });
    await worker.claim();
    await scene.enqueue({ id: 'high-2', priority: 5 }, 'low-3');
    await worker.giveBack('low-2', 'high-1', 'low-1');
    assert.deepEqual(await worker.claim(), ['high-1', 'high-2', 'low-1', 'low-2', 'low-3']);
  },

  async 'leaves a message that was handed back unstarted as if it had never been claimed'(scene) {
    const worker = await scene.worker();
    await scene.enqueue({ id: 'fresh', fresh: true }, { id: 'known', fresh: false });
    await worker.readAhead();
    await worker.giveBack('fresh', 'known');
    await worker.claim();
    const told = ['fresh', 'known'].map((id) => worker.delivery(id));
    assert.deepEqual(
      told.map(({ fresh, redelivered, crashes }) => [fresh, redelivered, crashes]),
      [
        [scene.isSure, !scene.isSure, 0],
        [false, !scene.isSure, 0],
      ],
    );
  },

  async 'tells that a message was given before once it had been started'(scene) {
    const worker = await scene.worker();
    await scene.enqueue({ id: 'released', fresh: true }, { id: 'retried', fresh: true });
    await worker.claim();
    await worker.release('released');
    await worker.retry('retried', { delayMs: 0 });
    await worker.claim();
    for (const id of ['released', 'retried']) {
      const { fresh, redelivered, crashes } = worker.delivery(id);
      assert.deepEqual([fresh, redelivered, crashes], [false, true, 0], id);
    }
    await worker.giveBack('released', 'retried');
    await worker.claim();
    assert.equal(worker.delivery('released').redelivered, true);
  },
};
