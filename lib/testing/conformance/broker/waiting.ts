import assert from 'node:assert/strict';
import type { BrokerCases } from './scene.js';
import { idsOf } from './worker.js';

/** Far longer than any of these cases lets go by. */
const LONG_MS = 30_000;
/** Enough for a call to be on the server and wait there. */
const UNDER_WAY_MS = 60;

export const waiting: BrokerCases = {
  async 'answers at once when it may not wait'(scene) {
    const worker = await scene.worker();
    assert.deepEqual(idsOf(await worker.wait(0)), []);
  },

  async 'does not wait when there is something, however little'(scene) {
    const worker = await scene.worker({ queues: ['x', 'y'] });
    await scene.enqueue({ id: 'a', queue: 'y' });
    const claims = ['x', 'y'].map((queue) => ({ queue, slots: 10, ahead: 0 }));
    assert.deepEqual(idsOf(await scene.soon(worker.work({ claims, waitMs: LONG_MS }))), ['a']);
  },

  async 'waits until something comes in'(scene) {
    const worker = await scene.worker();
    const other = await scene.another();
    const reply = worker.wait(LONG_MS);
    await scene.pass(UNDER_WAY_MS);
    await other.enqueue([scene.message({ id: 'a' })]);
    assert.deepEqual(idsOf(await scene.soon(reply)), ['a']);
    assert.deepEqual(await worker.ack('a'), []);
  },

  async 'waits until something comes due'(scene) {
    const worker = await scene.worker();
    await scene.enqueue({ id: 'later', delayMs: 400 }, { id: 'soon', delayMs: 200 });
    const reply = await scene.soon(worker.wait(LONG_MS));
    assert.deepEqual(idsOf(reply), ['soon']);
    assert.ok(reply.now >= worker.delivery('soon').dueAt);
  },

  async 'notices what will come due earlier than all that was there as it began to wait'(scene) {
    const worker = await scene.worker();
    await scene.enqueue({ id: 'later', delayMs: LONG_MS });
    const reply = worker.wait(LONG_MS);
    await scene.pass(UNDER_WAY_MS);
    await scene.enqueue({ id: 'soon', delayMs: 200 });
    assert.deepEqual(idsOf(await scene.soon(reply)), ['soon']);
  },

  async 'waits for any of several queues'(scene) {
    const worker = await scene.worker({ queues: ['x', 'y', 'z'] });
    for (const queue of ['z', 'x']) {
      const reply = worker.wait(LONG_MS, 'x', 'y', 'z');
      await scene.pass(UNDER_WAY_MS);
      await scene.enqueue({ id: 'elsewhere' }, { id: `in ${queue}`, queue });
      assert.deepEqual(idsOf(await scene.soon(reply)), [`in ${queue}`]);
    }
  },

  async 'answers with nothing when the time is up'(scene) {
    const worker = await scene.worker();
    const before = await scene.broker.ping();
    const reply = await scene.soon(worker.wait(200));
    assert.deepEqual(idsOf(reply), []);
    assert.ok(reply.now >= before + 150, 'it did not wait');
  },

  async 'answers with nothing when it is told to stop waiting'(scene) {
    const worker = await scene.worker();
    const stop = new AbortController();
    const claims = [{ queue: 'orders', slots: 1, ahead: 0 }];
    const reply = worker.work({ claims, waitMs: LONG_MS, signal: stop.signal });
    await scene.pass(UNDER_WAY_MS);
    stop.abort();
    assert.deepEqual(idsOf(await scene.soon(reply)), []);

    await scene.enqueue('a');
    assert.deepEqual(await worker.claim(), ['a']);
  },

  async 'gives the first messages of a new queue in their order'(scene) {
    const queues = Array.from({ length: 12 }, (_, index) => `new-${index}`);
    const worker = await scene.worker({ leaseMs: 60_000, queues });
    for (const queue of queues) {
      const enqueued = scene.enqueue(
        { id: `${queue}-a`, queue, fresh: true },
        { id: `${queue}-b`, queue, fresh: true },
      );
      const given: string[] = [];
      while (given.length < 2) given.push(...idsOf(await scene.soon(worker.wait(100, queue))));
      await enqueued;
      assert.deepEqual(given, [`${queue}-a`, `${queue}-b`]);
    }
  },

  async 'gives what there is, but does not wait, when it was told so before'(scene) {
    const worker = await scene.worker();
    const work = {
      claims: [{ queue: 'orders', slots: 1, ahead: 0 }],
      waitMs: LONG_MS,
      signal: AbortSignal.abort(),
    };
    assert.deepEqual(idsOf(await scene.soon(worker.work(work))), []);
    await scene.enqueue('a');
    assert.deepEqual(idsOf(await scene.soon(worker.work(work))), ['a']);
  },

  async 'settles at once, before it waits'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.claim();
    const reply = worker.work({
      settle: [{ kind: 'ack', receipt: worker.receipt('a') }],
      claims: [{ queue: 'orders', slots: 1, ahead: 0 }],
      waitMs: 300,
    });
    await scene.pass(UNDER_WAY_MS);
    assert.deepEqual(await scene.states('a'), [undefined]);
    assert.deepEqual((await scene.soon(reply)).lost, []);
  },

  async 'gives what came as its client was about to be closed, or nothing: it does not hang'(
    scene,
  ) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    const replies = [worker.wait(LONG_MS), worker.wait(LONG_MS)];
    await scene.soon(scene.broker.close());
    assert.deepEqual((await scene.soon(Promise.all(replies))).flatMap(idsOf), ['a']);
  },

  async 'answers with nothing when its client is closed'(scene) {
    const worker = await scene.worker();
    const reply = worker.wait(LONG_MS);
    await scene.pass(UNDER_WAY_MS);
    await scene.broker.close();
    assert.deepEqual(idsOf(await scene.soon(reply)), []);
  },
};
