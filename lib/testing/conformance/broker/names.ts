import assert from 'node:assert/strict';
import type { BrokerCases } from './scene.js';

/** Names that mean something to servers, shells, paths, patterns or JavaScript. */
const NAMES: readonly string[] = [
  ['a', 'A', 'a b', ' a', 'a ', 'a:b', 'a.b', 'a/b', 'a\\b', 'a_b', 'a-b', 'a,b', 'a|b', 'a=b'],
  ['*', 'a*', '>', 'a.>', '?', '[a]', '{a}', '$a', '#a', '@a', '%61', '%s', '~', '!', '..', '.'],
  ['"', "'", '`', '<a>', '&amp;', '\t', '\n', '\r\n', '\0', 'a\0b', '\u{7F}', '\u{200B}'],
  ['ä', 'a\u{308}', 'ß', 'ı', '日本語', 'العربية', '👩‍👩‍👧', '\u{10FFFF}', '\u{FEFF}'],
  ['__proto__', 'constructor', 'null', 'undefined', 'NaN', '0', '-1', '1e3', 'true'],
  ['x'.repeat(200)],
].flat();

export const names: BrokerCases = {
  async 'keeps any two ids apart, whatever they are made of'(scene) {
    await scene.enqueue(...NAMES);
    assert.deepEqual(
      (await scene.broker.find(NAMES)).map((message) => message?.id),
      NAMES,
    );
    assert.deepEqual(
      await scene.enqueue(...NAMES),
      NAMES.map(() => 'known'),
    );
    const worker = await scene.worker({ leaseMs: 60_000 });
    assert.deepEqual(await worker.claim(), NAMES);
    assert.deepEqual(await worker.ack(...NAMES), []);
    assert.deepEqual(
      await scene.states(...NAMES),
      NAMES.map(() => undefined),
    );
  },

  async 'delays, pages and removes whatever ids are made of'(scene) {
    await scene.enqueue(...NAMES.map((id) => ({ id, delayMs: 60_000 })));
    const { items } = await scene.broker.inspect.page('orders', 'delayed', { limit: 1_000 });
    assert.deepEqual(
      items.map(({ id }) => id),
      NAMES,
    );
    assert.deepEqual(
      await scene.remove(...NAMES),
      NAMES.map(() => true),
    );
  },

  async 'keeps any two queues apart, whatever their names are made of'(scene) {
    await scene.enqueue(...NAMES.map((queue) => ({ id: `in ${queue}`, queue })));
    assert.deepEqual((await scene.broker.inspect.queues()).toSorted(), NAMES.toSorted());
    const worker = await scene.worker({ queues: [], leaseMs: 60_000 });
    for (const queue of NAMES) {
      assert.equal((await scene.broker.inspect.counts(queue)).waiting, 1, JSON.stringify(queue));
      assert.deepEqual(await worker.claim(5, queue), [`in ${queue}`]);
      assert.equal(worker.delivery(`in ${queue}`).queue, queue);
    }
  },

  async 'pauses one queue only, whatever its name is made of'(scene) {
    await scene.enqueue(...NAMES.map((queue) => ({ id: `in ${queue}`, queue })));
    const odd = NAMES.filter((_, index) => index % 2 === 1);
    for (const queue of odd) await scene.broker.pause(queue, true);
    const worker = await scene.worker({ queues: [], leaseMs: 60_000 });
    for (const queue of NAMES)
      assert.equal((await worker.claim(5, queue)).length, odd.includes(queue) ? 0 : 1, queue);
  },

  async 'takes any name for a session'(scene) {
    await scene.enqueue(...NAMES);
    for (const session of NAMES) {
      const worker = await scene.worker({ session, leaseMs: 60_000 });
      assert.equal((await worker.claim(1)).length, 1);
    }
    const listed = await scene.broker.inspect.sessions();
    assert.deepEqual(listed.map(({ session }) => session).toSorted(), NAMES.toSorted());
    assert.ok(listed.every(({ held }) => held === 1));
  },
};
