import assert from 'node:assert/strict';
import type { BrokerCases } from './scene.js';
import { idsOf } from './worker.js';

const UNDER_WAY_MS = 60;

export const pausing: BrokerCases = {
  async 'gives nothing of a paused queue, to any client, and goes on with others'(scene) {
    await scene.enqueue('a', { id: 'b', queue: 'other' });
    await scene.broker.pause('orders', true);
    const worker = await scene.worker({}, await scene.another());
    assert.deepEqual(await worker.claim(), []);
    assert.deepEqual(await worker.claim(5, 'other'), ['b']);
    assert.deepEqual(await scene.states('a'), ['waiting']);
  },

  async 'gives all in its old order once it is resumed'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b');
    await worker.claim(1);
    await scene.broker.pause('orders', true);
    await scene.enqueue('d', { id: 'c', priority: 1 });
    await worker.giveBack('a');
    await scene.broker.pause('orders', false);
    assert.deepEqual(await worker.claim(), ['c', 'a', 'b', 'd']);
  },

  async 'may be paused while it is empty, and paused and resumed twice'(scene) {
    const worker = await scene.worker();
    for (const paused of [false, true, true]) await scene.broker.pause('orders', paused);
    await scene.enqueue('a');
    assert.deepEqual(await worker.claim(), []);
    for (const paused of [false, false]) await scene.broker.pause('orders', paused);
    assert.deepEqual(await worker.claim(), ['a']);
  },

  async 'settles, retries and removes as ever while it is paused'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b', 'c', 'd');
    await worker.claim(2);
    await scene.broker.pause('orders', true);
    assert.deepEqual(await worker.ack('a'), []);
    assert.deepEqual(await worker.retry('b', { delayMs: 60_000 }), []);
    assert.deepEqual(await scene.remove('c'), [true]);
    assert.deepEqual(await scene.states('a', 'b', 'c', 'd'), [
      undefined,
      'retrying',
      undefined,
      'waiting',
    ]);
  },

  async 'gives nothing that comes in or comes due to those who wait, until it is resumed'(scene) {
    const worker = await scene.worker();
    await scene.broker.pause('orders', true);
    await scene.enqueue({ id: 'due', delayMs: 30 });
    let answered = false;
    const reply = worker.wait(30_000);
    void reply.then(() => (answered = true));
    await scene.pass(UNDER_WAY_MS);
    await scene.enqueue('new');
    await scene.pass(UNDER_WAY_MS);
    assert.equal(answered, false);

    await scene.broker.pause('orders', false);
    assert.deepEqual(idsOf(await scene.soon(reply)), ['due']);
  },
};
