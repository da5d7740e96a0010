import assert from 'node:assert/strict';
import { bytes, text, type BrokerCases } from './scene.js';

export const knownIds: BrokerCases = {
  async 'leaves a known id alone, whatever the new message says'(scene) {
    await scene.enqueue({ id: 'a', priority: 1, body: bytes('first') });
    const other = { id: 'a', queue: 'elsewhere', priority: 9, delayMs: 60_000, body: bytes('2nd') };
    assert.deepEqual(await scene.enqueue(other), ['known']);

    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['a']);
    const { body, priority } = worker.delivery('a');
    assert.deepEqual([text(body), priority], ['first', 1]);
    assert.deepEqual(await worker.claim(5, 'elsewhere'), []);
    assert.deepEqual(await worker.claim(), []);
  },

  async 'knows an id that the same call brought'(scene) {
    assert.deepEqual(await scene.enqueue('a', 'a', 'a'), ['stored', 'known', 'known']);
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ['a']);
  },

  async 'knows an id wherever its message stands, and does not move it'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('started', 'claimed', 'retrying');
    await worker.claim(1);
    await worker.readAhead(1);
    await worker.claim(1);
    await worker.retry('retrying', { delayMs: 60_000 });
    await scene.enqueue('waiting', { id: 'delayed', delayMs: 60_000 });

    const all = ['waiting', 'delayed', 'retrying', 'claimed', 'started'];
    assert.deepEqual(
      await scene.enqueue(...all),
      all.map(() => 'known'),
    );
    assert.deepEqual(await scene.states(...all), all);
    assert.deepEqual(await worker.ack('claimed', 'started'), []);
  },

  async 'does not let a job take the place of a schedule of its generation, nor a schedule that of a job'(
    scene,
  ) {
    await scene.enqueue({ id: 'job' }, { id: 'schedule', kind: 'schedule', delayMs: 60_000 });
    assert.deepEqual(
      await scene.enqueue({ id: 'job', kind: 'schedule' }, { id: 'schedule', kind: 'job' }),
      ['known', 'known'],
    );
    assert.deepEqual(
      [(await scene.found('job')).kind, (await scene.found('schedule')).kind],
      ['job', 'schedule'],
    );
  },
};
