import assert from 'node:assert/strict';
import { LeaseLostError } from '../../../core/errors.js';
import { crashDelayMs } from '../../../core/lease.js';
import { LAPSE_MS, LEASE_MS, type BrokerCases } from './scene.js';

const MANY = 300;

/** What becomes of the messages of a worker that died. */
export const sweeping: BrokerCases = {
  async 'gives the jobs of a dead worker to the next'(scene) {
    const dying = await scene.worker();
    const next = await scene.worker({}, await scene.another());
    await scene.enqueue({ id: 'a', fresh: true });
    await dying.claim();
    await scene.live(LAPSE_MS, next);

    assert.deepEqual(await scene.states('a'), ['waiting']);
    assert.deepEqual(await next.claim(), ['a']);
    const { fresh, redelivered, crashes } = next.delivery('a');
    assert.deepEqual([fresh, redelivered, crashes], [false, true, 1]);
  },

  async 'waits until the lease has lapsed'(scene) {
    const [silent, next] = [await scene.worker(), await scene.worker()];
    await scene.live(LEASE_MS, silent, next);
    await scene.enqueue('a');
    await silent.claim();
    await scene.live(LEASE_MS / 2, next);
    assert.deepEqual(await scene.states('a'), ['started']);
    await scene.live(LEASE_MS, next);
    assert.deepEqual(await scene.states('a'), ['waiting']);
  },

  async 'respects the lease of each session'(scene) {
    const patient = await scene.worker({ leaseMs: 60_000 });
    const next = await scene.worker();
    await scene.enqueue('a');
    await patient.claim();
    await scene.live(LAPSE_MS * 2, next);
    assert.deepEqual(await scene.states('a'), ['started']);
    assert.deepEqual(await patient.ack('a'), []);
  },

  async 'counts no crash for what had not started, and puts it in front in its old order'(scene) {
    const [dying, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b', 'c', 'd');
    await dying.readAhead(3);
    await scene.live(LAPSE_MS, next);

    assert.deepEqual(await next.claim(), ['a', 'b', 'c', 'd']);
    const told = ['a', 'b', 'c', 'd'].map((id) => next.delivery(id));
    assert.deepEqual(
      told.map(({ crashes }) => crashes),
      [0, 0, 0, 0],
    );
    // It may have begun without having been able to tell.
    assert.deepEqual(
      told.map(({ redelivered }) => redelivered),
      [true, true, true, !scene.isSure],
    );
  },

  async 'counts a crash for what was read ahead and begun since'(scene) {
    const [dying, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b');
    await dying.readAhead();
    await dying.work({ started: [dying.receipt('b')] });
    await scene.live(LAPSE_MS, next);
    assert.deepEqual([(await scene.found('a')).crashes, (await scene.found('b')).crashes], [0, 1]);
  },

  async 'makes a job wait longer after its second crash'(scene) {
    const next = await scene.worker();
    await scene.enqueue('a', 'innocent');
    for (let crashes = 1; crashes <= 2; crashes += 1) {
      const dying = await scene.worker();
      assert.deepEqual(await dying.claim(1), ['a']);
      await scene.live(LAPSE_MS, next);
      assert.equal((await scene.found('a')).crashes, crashes);
      if (crashes === 1) assert.deepEqual(await next.claim(1), ['innocent']);
    }
    assert.deepEqual(await scene.states('a'), ['retrying']);
    assert.deepEqual(await next.claim(), []);
    await scene.live(crashDelayMs(2), next);
    assert.deepEqual(await next.claim(), ['a']);
    assert.equal(next.delivery('a').crashes, 2);
  },

  async 'remembers crashes whatever is settled afterwards'(scene) {
    const [dying, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await dying.claim();
    await scene.live(LAPSE_MS, next);
    await next.claim();
    await next.release('a');
    await next.claim();
    await next.retry('a', { delayMs: 0 });
    await next.claim();
    await next.giveBack('a');
    assert.equal((await scene.found('a')).crashes, 1);
  },

  async 'refuses a session that was declared dead, and does nothing for it'(scene) {
    const [dead, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b');
    await dead.claim(1);
    await scene.live(LAPSE_MS, next);
    assert.deepEqual(await next.claim(1), ['b']);

    await assert.rejects(dead.ack('a'), LeaseLostError);
    await assert.rejects(dead.claim(), LeaseLostError);
    await assert.rejects(dead.beat(), LeaseLostError);
    assert.deepEqual(await scene.states('a', 'b'), ['waiting', 'started']);
    assert.deepEqual(
      (await scene.broker.inspect.sessions()).map(({ session }) => session),
      [next.info.session],
    );
  },

  async 'hands back each of many once, however many beats it takes'(scene) {
    const [dying, next] = [await scene.worker(), await scene.worker()];
    const ids = Array.from({ length: MANY }, (_, index) => `m-${index}`);
    await scene.enqueue(...ids);
    await dying.readAhead();
    const given: string[] = [];
    for (let turn = 0; given.length < MANY && turn < MANY; turn += 1) {
      await scene.live(turn === 0 ? LAPSE_MS : LEASE_MS / 4, next);
      given.push(...(await next.claim()));
    }
    assert.deepEqual(given.toSorted(), ids.toSorted());
  },

  async 'leaves the survivors what they hold'(scene) {
    const [dying, next] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a', 'b', 'c');
    await next.claim(1);
    await dying.claim(1);
    await next.readAhead(1);
    await scene.live(LAPSE_MS, next);
    assert.deepEqual(await scene.states('a', 'b', 'c'), ['started', 'waiting', 'claimed']);
    assert.deepEqual(await next.ack('a', 'c'), []);
  },
};
