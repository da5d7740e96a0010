import assert from 'node:assert/strict';
import { LAPSE_MS, LEASE_MS, type BrokerCases } from './scene.js';

/** Nobody declares others dead before having been alive for a full lease without a gap (rule 14). */
export const newcomers: BrokerCases = {
  async 'lets a newcomer declare nobody dead'(scene) {
    const silent = await scene.worker();
    await scene.enqueue('a');
    await silent.claim();
    await scene.pass(LAPSE_MS);

    const newcomer = await scene.worker();
    await newcomer.beat();
    await scene.live(LEASE_MS / 2, newcomer);
    assert.deepEqual(await scene.states('a'), ['started']);
    assert.deepEqual(await silent.ack('a'), []);
  },

  async 'lets it do so once it has lived for a full lease'(scene) {
    const silent = await scene.worker();
    await scene.enqueue('a');
    await silent.claim();
    await scene.pass(LAPSE_MS);

    const newcomer = await scene.worker();
    await scene.live(LAPSE_MS, newcomer);
    assert.deepEqual(await newcomer.claim(), ['a']);
  },

  async 'begins anew with one that was itself silent for longer than its lease'(scene) {
    const [silent, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await silent.claim();
    await scene.live(LAPSE_MS, silent, other);

    // The server, or the way to it, was away for all alike.
    await scene.pass(LAPSE_MS);
    await other.beat();
    await scene.live(LEASE_MS / 2, other);
    assert.deepEqual(await scene.states('a'), ['started']);
    await silent.beat();
    await scene.live(LAPSE_MS, silent, other);
    assert.deepEqual(await silent.ack('a'), []);
  },

  async 'begins anew also when the first sign of life after the gap is work'(scene) {
    const [silent, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await silent.claim();
    await scene.live(LAPSE_MS, silent, other);
    await scene.pass(LAPSE_MS);
    await other.work({});
    await other.beat();
    assert.deepEqual(await scene.states('a'), ['started']);
    assert.deepEqual(await silent.ack('a'), []);
  },

  async 'lets nobody but a beating session declare others dead'(scene) {
    const [silent, other] = [await scene.worker(), await scene.worker()];
    await scene.enqueue('a');
    await silent.claim();
    for (let turn = 0; turn < 6; turn += 1) {
      await scene.pass(LEASE_MS / 4);
      assert.deepEqual(await other.claim(), []);
    }
    assert.deepEqual(await silent.ack('a'), []);
  },
};
