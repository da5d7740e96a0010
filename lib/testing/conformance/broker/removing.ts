import assert from 'node:assert/strict';
import { LAPSE_MS, type BrokerCases } from './scene.js';

export const removing: BrokerCases = {
  async 'takes a message away wherever it stands'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('started', 'claimed', 'retrying');
    await worker.claim(1);
    await worker.readAhead(1);
    await worker.claim(1);
    await worker.retry('retrying', { delayMs: 100 });
    await scene.enqueue('waiting', { id: 'delayed', delayMs: 100 }, { id: 'stays', delayMs: 100 });

    const all = ['waiting', 'delayed', 'retrying', 'claimed', 'started'];
    assert.deepEqual(
      await scene.remove(...all),
      all.map(() => true),
    );
    assert.deepEqual(
      await scene.states(...all),
      all.map(() => undefined),
    );
    await scene.live(200, worker);
    assert.deepEqual(await worker.claim(), ['stays']);
  },

  async 'tells which were there, in their order'(scene) {
    await scene.enqueue('a', 'c');
    const ids = ['c', 'b', 'a', 'c'];
    assert.deepEqual(await scene.remove(...ids), [true, false, true, false]);
    assert.deepEqual(await scene.remove(), []);
    assert.deepEqual(await scene.remove(...ids), [false, false, false, false]);
  },

  async 'ends the claim on what it takes away'(scene) {
    const [worker, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b', 'c');
    await worker.claim();
    await scene.remove('a', 'b', 'c');

    const receipts = ['a', 'b', 'c'].map((id) => worker.receipt(id));
    const lost = [
      ...(await worker.ack('a')),
      ...(await worker.retry('b', { delayMs: 0 })),
      ...(await worker.release('c')),
    ];
    assert.deepEqual(lost, receipts);
    await scene.live(LAPSE_MS, other);
    assert.deepEqual(await scene.states('a', 'b', 'c'), [undefined, undefined, undefined]);
    assert.deepEqual(await other.claim(), []);
  },

  async 'leaves the order of the others as it was'(scene) {
    const ids = Array.from({ length: 30 }, (_, index) => `m-${index}`);
    await scene.enqueue(...ids);
    const third = (id: string): boolean => Number(id.slice(2)) % 3 === 0;
    await scene.remove(...ids.filter(third));
    const worker = await scene.worker();
    assert.deepEqual(
      await worker.claim(),
      ids.filter((id) => !third(id)),
    );
  },

  async 'leaves a higher generation alone: its removal may be a late one of the last'(scene) {
    const other = await scene.another();
    await scene.enqueue({ id: 'a', generation: 2 }, { id: 'b', generation: 2 });
    const keys = [
      { id: 'a', generation: 1 },
      { id: 'b', generation: 2 },
    ];
    assert.deepEqual(await other.remove(keys), [false, true]);
    assert.deepEqual(await scene.states('a', 'b'), ['waiting', undefined]);
  },

  async 'lets a removed id come back as a new message'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b');
    await worker.claim(1);
    await scene.remove('a');
    assert.deepEqual(await scene.enqueue({ id: 'a', fresh: true }), ['stored']);
    assert.deepEqual(await worker.claim(), ['b', 'a']);
    const { fresh, redelivered } = worker.delivery('a');
    assert.deepEqual([fresh, redelivered], [scene.isSure, !scene.isSure]);
  },

  async 'finds messages in the order of the question, as they stand'(scene) {
    const dueAt = (await scene.broker.ping()) + 60_000;
    const fields = { generation: 3, kind: 'plan', queue: 'x', priority: 4, dueAt } as const;
    await scene.enqueue({ id: 'a', ...fields }, 'b');
    const [b, none, a] = await scene.broker.find(['b', 'nobody', 'a']);
    assert.equal(none, undefined);
    assert.equal(b?.id, 'b');
    assert.ok(a);
    const { body, ...rest } = a;
    assert.deepEqual(rest, { id: 'a', ...fields, state: 'delayed', crashes: 0 });
    assert.equal(Buffer.from(body).toString(), 'a');
    assert.deepEqual(await scene.broker.find([]), []);
  },
};
