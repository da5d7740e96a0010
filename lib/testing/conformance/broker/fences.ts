import assert from 'node:assert/strict';
import type { BrokerCases } from './scene.js';

/** A settlement of a claim no longer held changes nothing (rule 1). */
export const fences: BrokerCases = {
  async 'settles a claim once: the second time it is lost'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b', 'c');
    await worker.claim();
    await worker.ack('a');
    await worker.retry('b', { delayMs: 60_000 });
    await worker.giveBack('c');

    const receipts = ['a', 'b', 'c'].map((id) => worker.receipt(id));
    assert.deepEqual(new Set(await worker.ack('a', 'b', 'c')), new Set(receipts));
    assert.deepEqual(await scene.states('a', 'b', 'c'), [undefined, 'retrying', 'waiting']);
  },

  async 'settles the first of two settlements of one claim in one call'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.claim();
    const receipt = worker.receipt('a');
    const lost = await worker.settle(
      { kind: 'retry', receipt, delayMs: 60_000 },
      { kind: 'ack', receipt },
    );
    assert.deepEqual(lost, [receipt]);
    assert.deepEqual(await scene.states('a'), ['retrying']);
  },

  async 'holds nothing for an older claim of the same session on the same message'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.claim();
    const stale = worker.receipt('a');
    await worker.release('a');
    await worker.claim();

    const lost = await worker.settle(
      { kind: 'ack', receipt: stale },
      { kind: 'retry', receipt: stale, delayMs: 0 },
      { kind: 'release', receipt: stale, started: false },
    );
    assert.deepEqual(new Set(lost), new Set([stale]));
    assert.deepEqual(await scene.states('a'), ['started']);
    assert.deepEqual(await worker.ack('a'), []);
  },

  async 'holds nothing for the claim of one who gave it back, once another has it'(scene) {
    const [first, second] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await first.claim();
    await first.release('a');
    await second.claim();

    assert.deepEqual(await first.ack('a'), [first.receipt('a')]);
    await first.work({ started: [first.receipt('a')] });
    assert.deepEqual(await scene.states('a'), ['started']);
    assert.deepEqual(await second.ack('a'), []);
  },

  async 'does not count a message as started by a stale receipt'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.readAhead();
    const stale = worker.receipt('a');
    await worker.giveBack('a');
    await worker.work({ started: [stale] });
    assert.deepEqual(await scene.states('a'), ['waiting']);
    await worker.readAhead();
    await worker.work({ started: [stale] });
    assert.deepEqual(await scene.states('a'), ['claimed']);
  },

  async 'settles what it holds, and names what it does not'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b');
    await worker.claim();
    const invented = ['', '0', 'not a receipt', `${worker.receipt('a')}0`, '__proto__'];
    const lost = await worker.settle(
      ...invented.map((receipt) => ({ kind: 'ack', receipt }) as const),
      { kind: 'ack', receipt: worker.receipt('b') },
    );
    assert.deepEqual(new Set(lost), new Set(invented));
    assert.deepEqual(await scene.states('a', 'b'), ['started', undefined]);
  },
};
