import assert from 'node:assert/strict';
import type { BrokerCases } from './scene.js';

/** Schedules are messages that core sends on to their next slot by a retry. */
export const schedules: BrokerCases = {
  async 'tells the slot of a schedule, also one that was missed'(scene) {
    const slot = (await scene.broker.ping()) - 3_600_000;
    await scene.enqueue({ id: 's', kind: 'schedule', dueAt: slot });
    assert.equal((await scene.found('s')).dueAt, slot);
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['s']);
    const { kind, dueAt } = worker.delivery('s');
    assert.deepEqual([kind, dueAt], ['schedule', slot]);
  },

  async 'brings a schedule back at its next slot'(scene) {
    const worker = await scene.worker();
    await scene.enqueue({ id: 's', kind: 'schedule' });
    await worker.claim();
    const slots = [(await scene.broker.ping()) + 200, (await scene.broker.ping()) + 400];
    for (const dueAt of slots) {
      await worker.retry('s', { dueAt });
      assert.deepEqual(await worker.claim(), []);
      await scene.pass(220);
      assert.deepEqual(await worker.claim(), ['s']);
      assert.equal(worker.delivery('s').dueAt, dueAt);
    }
  },

  async 'tells the slot of a schedule that is sent on to one in the past'(scene) {
    const worker = await scene.worker();
    await scene.enqueue({ id: 's', kind: 'schedule' });
    await worker.claim();
    const slot = (await scene.broker.ping()) - 5_000;
    await worker.retry('s', { dueAt: slot });
    assert.deepEqual(await worker.claim(), ['s']);
    assert.equal(worker.delivery('s').dueAt, slot);
  },

  async 'gives a slot to one of two workers'(scene) {
    const workers = [await scene.worker(), await scene.worker({}, await scene.another())];
    await scene.enqueue({ id: 's', kind: 'schedule', delayMs: 100 });
    await scene.pass(150);
    const given = await Promise.all(workers.map((worker) => worker.claim()));
    assert.deepEqual(given.flat(), ['s']);
  },

  async 'lists schedules by id, wherever they stand, and nothing else'(scene) {
    const worker = await scene.worker({ queues: ['orders', 'nights'] });
    await scene.enqueue(
      { id: 'held', kind: 'schedule' },
      { id: 'due', kind: 'schedule', queue: 'nights' },
      { id: 'b', kind: 'schedule', delayMs: 60_000 },
      { id: 'a', kind: 'schedule', delayMs: 90_000 },
      'job',
      { id: 'plan', kind: 'plan' },
      { id: 'gone', kind: 'schedule', queue: 'nights' },
    );
    await worker.claim(1);
    await scene.remove('gone');

    const listed = await scene.broker.inspect.schedules();
    assert.deepEqual(
      listed.map(({ id, queue, state }) => [id, queue, state]),
      [
        ['a', 'orders', 'delayed'],
        ['b', 'orders', 'delayed'],
        ['due', 'nights', 'waiting'],
        ['held', 'orders', 'started'],
      ],
    );
  },
};
