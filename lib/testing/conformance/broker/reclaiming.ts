import assert from 'node:assert/strict';
import { LeaseLostError } from '../../../core/errors.js';
import { LAPSE_MS, type BrokerCases, type Scene } from './scene.js';
import { Worker } from './worker.js';

/** Moves claims by their messages' ids; gives the successor and what it was told to hold. */
async function reclaim(
  scene: Scene,
  from: Worker,
  ...ids: readonly string[]
): Promise<{ successor: Worker; held: readonly string[] }> {
  const successor = new Worker(scene.broker, scene.sessionInfo());
  const receipts = ids.map((id) => from.receipt(id));
  const held = await scene.broker.reclaim({
    from: from.info.session,
    to: successor.info,
    receipts,
  });
  return { successor, held };
}

/** After a connection loss a worker goes on under a fresh session. */
export const reclaiming: BrokerCases = {
  async 'moves the named claims, receipts and all'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b');
    await worker.claim(1);
    await worker.readAhead(1);
    const { successor, held } = await reclaim(scene, worker, 'a', 'b');
    assert.deepEqual(new Set(held), new Set([worker.receipt('a'), worker.receipt('b')]));
    assert.deepEqual(await scene.states('a', 'b'), ['started', 'claimed']);

    const settle = ['a', 'b'].map((id) => ({ kind: 'ack', receipt: worker.receipt(id) }) as const);
    assert.deepEqual(await successor.settle(...settle), []);
    assert.deepEqual(await scene.states('a', 'b'), [undefined, undefined]);
  },

  async 'puts all others in front of their queues, as never started'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b', 'c', { id: 'x', queue: 'other' }, 'd');
    await worker.claim(2);
    await worker.readAhead(1);
    await worker.claim(1, 'other');
    const { successor } = await reclaim(scene, worker, 'b');

    assert.deepEqual(await successor.claim(), ['a', 'c', 'd']);
    assert.deepEqual(await successor.claim(5, 'other'), ['x']);
    for (const id of ['a', 'c', 'x']) {
      const { crashes, redelivered } = successor.delivery(id);
      assert.deepEqual([crashes, redelivered], [0, true], id);
    }
  },

  async 'opens the new session and ends the old one'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.claim();
    const { successor } = await reclaim(scene, worker, 'a');
    assert.equal((await successor.beat()).workers, 1);
    await assert.rejects(worker.beat(), LeaseLostError);
    await assert.rejects(worker.ack('a'), LeaseLostError);
    assert.deepEqual(await scene.states('a'), ['started']);
    assert.deepEqual(
      (await scene.broker.inspect.sessions()).map(({ session, held }) => [session, held]),
      [[successor.info.session, 1]],
    );
  },

  async 'names only what was still held'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('held', 'settled', 'removed', 'replaced');
    await worker.claim();
    await worker.ack('settled');
    await scene.remove('removed');
    await scene.enqueue({ id: 'replaced', generation: 2 });
    const { held } = await reclaim(scene, worker, 'held', 'settled', 'removed', 'replaced');
    assert.deepEqual(held, [worker.receipt('held')]);
  },

  async 'takes over from a session whose lease has lapsed'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a');
    await worker.claim();
    await scene.pass(LAPSE_MS);
    const { held } = await reclaim(scene, worker, 'a');
    assert.deepEqual(held, [worker.receipt('a')]);
    assert.equal((await scene.found('a')).crashes, 0);
  },

  async 'finds nothing left of a session that was declared dead, or that nobody knows'(scene) {
    const [dead, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await dead.claim();
    await scene.live(LAPSE_MS, other);
    await other.claim();

    const { successor, held } = await reclaim(scene, dead, 'a');
    assert.deepEqual(held, []);
    assert.equal((await successor.beat()).workers, 2);
    const nobody = { from: 'a stranger', to: scene.sessionInfo(), receipts: [dead.receipt('a')] };
    assert.deepEqual(await scene.broker.reclaim(nobody), []);
    assert.deepEqual(await other.ack('a'), []);
  },

  async 'may be repeated when its answer was lost'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b');
    await worker.claim();
    const receipts = [worker.receipt('a')];
    const request = { from: worker.info.session, to: scene.sessionInfo(), receipts };
    assert.deepEqual(await scene.broker.reclaim(request), receipts);
    assert.deepEqual(await scene.broker.reclaim(request), receipts);
    assert.deepEqual(await scene.states('a', 'b'), ['started', 'waiting']);
  },

  async 'keeps what was moved safe from those who bury the old session'(scene) {
    const [worker, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await worker.claim();
    const { successor } = await reclaim(scene, worker, 'a');
    await scene.live(LAPSE_MS * 2, successor, other);
    assert.deepEqual(await scene.states('a'), ['started']);
  },

  async 'counts a crash when the new session dies over what had started in the old one'(scene) {
    const [worker, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('started', 'claimed');
    await worker.claim(1);
    await worker.readAhead(1);
    await reclaim(scene, worker, 'started', 'claimed');
    await scene.live(LAPSE_MS, other);
    assert.deepEqual(
      [(await scene.found('started')).crashes, (await scene.found('claimed')).crashes],
      [1, 0],
    );
  },
};
