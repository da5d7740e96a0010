import assert from 'node:assert/strict';
import type { BrokerCases, Scene } from './scene.js';

/** As long as bodies may be by default, unless the broker takes less. */
const LONGEST = 1_048_576;

const hex = (body: Uint8Array): string => Buffer.from(body).toString('hex');

async function assertSurvives(scene: Scene, body: Uint8Array): Promise<void> {
  const expected = hex(body);
  const worker = await scene.worker();
  await scene.enqueue({ id: 'a', body });
  assert.equal(hex((await scene.found('a')).body), expected);
  await worker.claim();
  assert.equal(hex(worker.delivery('a').body), expected);
  await worker.retry('a', { delayMs: 0 });
  await worker.claim();
  const again = worker.delivery('a').body;
  assert.ok(again instanceof Uint8Array);
  assert.equal(hex(again), expected);
}

export const bodies: BrokerCases = {
  async 'keeps every byte as it is'(scene) {
    await assertSurvives(
      scene,
      Uint8Array.from({ length: 512 }, (_, index) => index % 256),
    );
  },

  async 'keeps what is no text'(scene) {
    await assertSurvives(scene, new Uint8Array([0xff, 0xfe, 0, 0xc0, 0x80, 0xed, 0xa0, 0x80, 10]));
  },

  async 'keeps an empty body'(scene) {
    await assertSurvives(scene, new Uint8Array());
  },

  async 'keeps a part of a larger buffer, and not the rest of it'(scene) {
    const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
    await assertSurvives(scene, buffer.subarray(2, 5));
  },

  async 'keeps a body as long as it takes'(scene) {
    const { maxBodyBytes = LONGEST } = scene.broker.capabilities;
    const length = Math.min(LONGEST, maxBodyBytes);
    await assertSurvives(
      scene,
      Uint8Array.from({ length }, (_, index) => (index * 31) % 251),
    );
  },

  async 'takes and gives many long bodies in one call'(scene) {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await scene.enqueue(
      ...ids.map((id, index) => ({ id, body: new Uint8Array(262_144).fill(index) })),
    );
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(), ids);
    for (const [index, id] of ids.entries())
      assert.ok(
        worker.delivery(id).body.every((byte) => byte === index),
        id,
      );
  },
};
