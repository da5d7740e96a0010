import assert from 'node:assert/strict';
import type { BrokerCases } from './scene.js';

export const enqueue: BrokerCases = {
  async 'answers for each message, in their order'(scene) {
    await scene.enqueue('b');
    assert.deepEqual(await scene.enqueue('a', 'b', { id: 'b', generation: 2 }, 'c'), [
      'stored',
      'known',
      'replaced',
      'stored',
    ]);
  },

  async 'takes nothing for an answer to nothing'(scene) {
    assert.deepEqual(await scene.enqueue(), []);
  },

  async 'takes messages of many queues in one call'(scene) {
    const queues = Array.from({ length: 20 }, (_, index) => `queue-${index}`);
    await scene.enqueue(...queues.map((queue) => ({ id: `in ${queue}`, queue })));
    const worker = await scene.worker({ queues });
    for (const queue of queues)
      assert.deepEqual(await worker.claim(5, queue), [`in ${queue}`], queue);
  },

  async 'shows each client what another accepts'(scene) {
    const other = await scene.another();
    await scene.enqueue('a');
    assert.deepEqual(await other.enqueue([scene.message({ id: 'a' })]), ['known']);
    const worker = await scene.worker({}, other);
    assert.deepEqual(await worker.claim(), ['a']);
  },

  async 'lets exactly one of two clients store an id'(scene) {
    const other = await scene.another();
    const ids = Array.from({ length: 25 }, (_, index) => `id-${index}`);
    for (const id of ids) {
      const message = scene.message({ id });
      const rivals = [scene.broker.enqueue([message]), other.enqueue([message])];
      assert.deepEqual((await Promise.all(rivals)).flat().sort(), ['known', 'stored']);
    }
    const worker = await scene.worker();
    assert.equal((await worker.claim()).length, ids.length);
  },

  async 'neither knows nor gives an id that was acknowledged: it is free again'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.claim();
    await worker.ack('a');
    assert.deepEqual(await scene.enqueue('a'), ['stored']);
    assert.deepEqual(await worker.claim(), ['a']);
    assert.equal(worker.delivery('a').redelivered, !scene.isSure);
  },
};
