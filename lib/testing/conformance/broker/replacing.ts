import assert from 'node:assert/strict';
import { bytes, text, type BrokerCases } from './scene.js';

export const replacing: BrokerCases = {
  async 'puts a higher generation in the place of a lower one'(scene) {
    await scene.enqueue({ id: 'a', body: bytes('old') }, 'b');
    const second = { id: 'a', generation: 2, body: bytes('new'), fresh: true };
    assert.deepEqual(await scene.enqueue(second), ['replaced']);

    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['b', 'a']);
    const { generation, body, fresh } = worker.delivery('a');
    assert.deepEqual([generation, text(body), fresh], [2, 'new', scene.isSure]);
    assert.deepEqual(await worker.claim(), []);
  },

  async 'leaves a higher generation alone'(scene) {
    await scene.enqueue({ id: 'a', generation: 3 });
    assert.deepEqual(await scene.enqueue({ id: 'a', generation: 2 }, { id: 'a', generation: 3 }), [
      'known',
      'known',
    ]);
    assert.equal((await scene.found('a')).generation, 3);
  },

  async 'takes the old message out of its queue, whatever its state was'(scene) {
    await scene.enqueue('waiting', { id: 'delayed', delayMs: 100 }, { id: 'stays', delayMs: 100 });
    const again = { generation: 2, queue: 'new', delayMs: 200 };
    await scene.enqueue({ id: 'waiting', ...again }, { id: 'delayed', ...again });

    const worker = await scene.worker({ queues: ['orders', 'new'] });
    await scene.live(300, worker);
    assert.deepEqual(await worker.claim(), ['stays']);
    assert.deepEqual(await worker.claim(5, 'new'), ['waiting', 'delayed']);
  },

  async 'ends the claim on the old message, and tells who held it'(scene) {
    const [holder, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b');
    await holder.claim();
    const old = holder.receipt('a');
    await scene.enqueue({ id: 'a', generation: 2 });

    assert.deepEqual((await holder.beat()).gone, [old]);
    assert.deepEqual(await next.claim(), ['a']);
    assert.deepEqual(await holder.ack('a', 'b'), [old]);
    assert.deepEqual(await next.ack('a'), []);
  },

  async 'counts no crash of the old message against the new one'(scene) {
    const [dying, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await dying.claim();
    await scene.live(800, next);
    assert.equal((await scene.found('a')).crashes, 1);

    await scene.enqueue({ id: 'a', generation: 2 });
    assert.deepEqual(await next.claim(), ['a']);
    const { crashes, redelivered } = next.delivery('a');
    assert.deepEqual([crashes, redelivered], [0, !scene.isSure]);
  },

  async 'lets a schedule replace a schedule, whatever the generation'(scene) {
    const schedule = { id: 'nightly', kind: 'schedule', delayMs: 60_000 } as const;
    await scene.enqueue({ ...schedule, generation: 2, body: bytes('at two') });
    const changed = [
      { ...schedule, generation: 2, body: bytes('at three') },
      { ...schedule, generation: 1, body: bytes('at four'), delayMs: 0 },
    ];
    assert.deepEqual(await scene.enqueue(...changed), ['replaced', 'replaced']);

    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['nightly']);
    assert.equal(text(worker.delivery('nightly').body), 'at four');
  },

  async 'ends the claim on a schedule that is replaced'(scene) {
    const worker = await scene.worker();
    await scene.enqueue({ id: 'nightly', kind: 'schedule' });
    await worker.claim();
    const old = worker.receipt('nightly');
    await scene.enqueue({ id: 'nightly', kind: 'schedule', delayMs: 60_000 });

    assert.deepEqual(await worker.retry('nightly', { delayMs: 0 }), [old]);
    assert.deepEqual(await scene.states('nightly'), ['delayed']);
  },
};
