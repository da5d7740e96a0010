import assert from 'node:assert/strict';
import type { WorkReply } from '../../../core/ports/broker.js';
import type { BrokerCases, Scene } from './scene.js';
import { idsOf, type Worker } from './worker.js';

const LONG_MS = 30_000;
const UNDER_WAY_MS = 60;

/** Several workers that wait for one message each, on two clients. */
async function waiters(scene: Scene, count: number): Promise<readonly Promise<WorkReply>[]> {
  const clients = [scene.broker, await scene.another()];
  const workers: Worker[] = [];
  for (let index = 0; index < count; index += 1)
    workers.push(await scene.worker({}, clients[index % 2]));
  const replies = workers.map((worker) => worker.wait(LONG_MS));
  await scene.pass(UNDER_WAY_MS);
  return replies;
}

/** What several workers owe each other while some of them wait. */
export const sharing: BrokerCases = {
  async 'gives one message to one of those who wait'(scene) {
    const replies = await waiters(scene, 3);
    const answered: string[] = [];
    for (const reply of replies) void reply.then((given) => answered.push(...idsOf(given)));
    await scene.enqueue('a');
    await scene.eventually(() => answered.length > 0);
    await scene.pass(UNDER_WAY_MS);
    assert.deepEqual(answered, ['a']);

    await scene.enqueue('b', 'c');
    const given = (await scene.soon(Promise.all(replies))).flatMap(idsOf);
    assert.deepEqual(given.toSorted(), ['a', 'b', 'c']);
  },

  async 'gives many that come at once to all who wait'(scene) {
    const ids = ['a', 'b', 'c', 'd'];
    const replies = await waiters(scene, ids.length);
    await scene.enqueue(...ids);
    const given = (await scene.soon(Promise.all(replies))).flatMap(idsOf);
    assert.deepEqual(given.toSorted(), ids);
  },

  async 'gives what one hands back to another who waits'(scene) {
    const [holder, waiter] = [await scene.worker(), await scene.worker({}, await scene.another())];
    await scene.enqueue('a', 'b');
    await holder.readAhead();
    const given: string[] = [];
    for (const handBack of [() => holder.giveBack('b'), () => holder.leave()]) {
      const reply = waiter.wait(LONG_MS);
      await scene.pass(UNDER_WAY_MS);
      await handBack();
      given.push(...idsOf(await scene.soon(reply)));
    }
    assert.deepEqual(given, ['b', 'a']);
  },

  async 'gives the last of many queues its due, however much the others read ahead'(scene) {
    const queues = Array.from({ length: 12 }, (_, index) => `queue-${index}`);
    const worker = await scene.worker({ queues });
    const claims = queues.map((queue) => ({ queue, slots: 1, ahead: 500 }));
    await scene.enqueue(...queues.map((queue) => ({ id: `now in ${queue}`, queue })));
    const now = idsOf(await worker.work({ claims }));
    assert.deepEqual(now.toSorted(), queues.map((queue) => `now in ${queue}`).toSorted());
    for (const queue of queues.toReversed()) {
      const reply = worker.work({ claims, waitMs: LONG_MS });
      await scene.pass(UNDER_WAY_MS);
      await scene.enqueue({ id: `later in ${queue}`, queue });
      assert.deepEqual(idsOf(await scene.soon(reply)), [`later in ${queue}`]);
    }
  },

  async 'tells on which of its queues another session waits'(scene) {
    const [holder, waiter] = [await scene.worker(), await scene.worker({}, await scene.another())];
    const ask = async (): Promise<readonly string[]> => {
      const claims = ['x', 'y', 'z'].map((queue) => ({ queue, slots: 0, ahead: 0 }));
      return (await holder.work({ claims })).wanted;
    };
    assert.deepEqual(await ask(), []);

    const reply = waiter.wait(LONG_MS, 'w', 'x', 'z');
    await scene.pass(UNDER_WAY_MS);
    assert.deepEqual((await ask()).toSorted(), ['x', 'z']);

    await scene.enqueue({ id: 'a', queue: 'z' });
    await scene.soon(reply);
    assert.deepEqual(await ask(), []);
  },

  async 'does not tell a session of its own waiting'(scene) {
    const worker = await scene.worker();
    const stop = new AbortController();
    const claims = [{ queue: 'orders', slots: 1, ahead: 0 }];
    const reply = worker.work({ claims, waitMs: LONG_MS, signal: stop.signal });
    await scene.pass(UNDER_WAY_MS);
    assert.deepEqual((await worker.work({ claims })).wanted, []);
    stop.abort();
    assert.deepEqual((await scene.soon(reply)).wanted, []);
  },
};
