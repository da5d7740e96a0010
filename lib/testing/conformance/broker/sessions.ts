import assert from 'node:assert/strict';
import { LeaseLostError } from '../../../core/errors.js';
import { LAPSE_MS, LEASE_MS, type BrokerCases } from './scene.js';

export const sessions: BrokerCases = {
  async 'refuses the beat of a session that was never opened'(scene) {
    await assert.rejects(scene.broker.beat('a stranger'), LeaseLostError);
  },

  async 'keeps what a session holds as long as it beats'(scene) {
    const [worker, other] = [await scene.worker(), await scene.worker({}, await scene.another())];
    await scene.enqueue('a', 'b');
    await worker.claim(1);
    await worker.readAhead(1);
    await scene.live(LEASE_MS * 3, worker, other);
    assert.deepEqual(await scene.states('a', 'b'), ['started', 'claimed']);
    assert.deepEqual(await other.claim(), []);
    assert.deepEqual(await worker.ack('a', 'b'), []);
  },

  async 'takes work for a sign of life as well as a beat'(scene) {
    const [worker, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await worker.claim();
    for (let turn = 0; turn < 6; turn += 1) {
      await scene.live(LEASE_MS / 3, other);
      await worker.work({});
    }
    await other.beat();
    assert.deepEqual(await worker.ack('a'), []);
  },

  async 'lets a session go on past its lease while nobody has declared it dead'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b');
    await worker.claim(1);
    await scene.pass(LAPSE_MS);
    assert.deepEqual(await scene.states('a'), ['started']);
    assert.deepEqual(await worker.ack('a'), []);
    await scene.pass(LAPSE_MS);
    await worker.beat();
    assert.deepEqual(await worker.claim(), ['b']);
  },

  async 'counts the live sessions of all clients'(scene) {
    const first = await scene.worker();
    assert.equal((await first.beat()).workers, 1);
    const second = await scene.worker({}, await scene.another());
    assert.equal((await first.beat()).workers, 2);
    assert.equal((await second.beat()).workers, 2);
    await second.leave();
    assert.equal((await first.beat()).workers, 1);

    await scene.worker();
    await scene.live(LAPSE_MS, first);
    assert.equal((await first.beat()).workers, 1);
  },

  async 'hands back what a session holds as it leaves: in front, in order, without a crash'(scene) {
    const [leaving, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b', 'c', 'd');
    await leaving.claim(2);
    await leaving.readAhead(1);
    await leaving.leave();
    assert.deepEqual(await scene.states('a', 'b', 'c'), ['waiting', 'waiting', 'waiting']);

    assert.deepEqual(await next.claim(), ['a', 'b', 'c', 'd']);
    const told = ['a', 'c', 'd'].map((id) => next.delivery(id));
    assert.deepEqual(
      told.map(({ crashes, redelivered }) => [crashes, redelivered]),
      [
        [0, true],
        [0, true],
        [0, !scene.isSure],
      ],
    );
  },

  async 'refuses a session that has left, and does nothing for it'(scene) {
    const [leaving, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b');
    await leaving.claim(1);
    await leaving.leave();
    await next.claim(1);
    await assert.rejects(leaving.ack('a'), LeaseLostError);
    await assert.rejects(leaving.claim(), LeaseLostError);
    await assert.rejects(leaving.beat(), LeaseLostError);
    assert.deepEqual(await scene.states('a', 'b'), ['started', 'waiting']);
  },

  async 'does not mind a session that leaves twice, or that nobody knows'(scene) {
    const worker = await scene.worker();
    await worker.leave();
    await worker.leave();
    await scene.broker.leave('a stranger');
  },

  async 'tells once which of its messages were taken away, by beat or by work'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b', 'c', 'd');
    await worker.claim(3);
    await scene.remove('b', 'd');
    await scene.enqueue({ id: 'c', generation: 2 });
    assert.deepEqual(
      new Set((await worker.beat()).gone),
      new Set([worker.receipt('b'), worker.receipt('c')]),
    );
    assert.deepEqual((await worker.beat()).gone, []);

    await scene.remove('a');
    assert.deepEqual((await worker.work({})).gone, [worker.receipt('a')]);
    assert.deepEqual((await worker.work({})).gone, []);
  },

  async 'tells who its sessions are and what they hold'(scene) {
    const before = await scene.broker.ping();
    const worker = await scene.worker({ host: 'büro', pid: 4711, queues: ['x', 'orders'] });
    const idle = await scene.worker({ leaseMs: 60_000 }, await scene.another());
    await scene.enqueue('a', 'b', 'c');
    await worker.claim(2);
    await scene.pass(50);
    const { now } = await worker.beat();

    const listed = new Map(
      (await scene.broker.inspect.sessions()).map((status) => [status.session, status]),
    );
    assert.equal(listed.size, 2);
    const status = listed.get(worker.info.session);
    assert.ok(status);
    const { openedAt, beatAt, ...rest } = status;
    assert.deepEqual(rest, { ...worker.info, held: 2 });
    assert.ok(before <= openedAt && openedAt < beatAt && beatAt <= now);
    assert.equal(listed.get(idle.info.session)?.held, 0);

    await idle.leave();
    assert.equal((await scene.broker.inspect.sessions()).length, 1);
  },
};
