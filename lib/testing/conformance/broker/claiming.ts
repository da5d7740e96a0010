import assert from 'node:assert/strict';
import { LeaseLostError } from '../../../core/errors.js';
import { bytes, text, type BrokerCases } from './scene.js';
import { idsOf } from './worker.js';

export const claiming: BrokerCases = {
  async 'gives a message as it was enqueued'(scene) {
    const before = await scene.broker.ping();
    await scene.enqueue({
      id: 'p',
      generation: 4,
      kind: 'plan',
      queue: 'plans',
      priority: -3,
      fresh: true,
      body: bytes('the body'),
    });
    const after = await scene.broker.ping();

    const worker = await scene.worker();
    await worker.claim(1, 'plans');
    const { receipt, dueAt, body, ...rest } = worker.delivery('p');
    assert.deepEqual(rest, {
      id: 'p',
      generation: 4,
      kind: 'plan',
      queue: 'plans',
      priority: -3,
      fresh: scene.isSure,
      redelivered: !scene.isSure,
      crashes: 0,
    });
    assert.equal(text(body), 'the body');
    assert.ok(receipt.length > 0);
    assert.ok(before <= dueAt && dueAt <= after, `${before} <= ${dueAt} <= ${after}`);
  },

  async 'gives the oldest first, in whichever calls they came'(scene) {
    await scene.enqueue('a', 'b');
    await scene.enqueue('c');
    const worker = await scene.worker();
    assert.deepEqual(await worker.claim(2), ['a', 'b']);
    await scene.enqueue('d', 'e');
    assert.deepEqual(await worker.claim(), ['c', 'd', 'e']);
    assert.deepEqual(await worker.claim(), []);
  },

  async 'gives a message to one only, however many ask at once'(scene) {
    const ids = Array.from({ length: 200 }, (_, index) => `m-${index}`);
    await scene.enqueue(...ids);
    const other = await scene.another();
    const workers = [
      await scene.worker(),
      await scene.worker(),
      await scene.worker({}, other),
      await scene.worker({}, other),
    ];
    const given: string[] = [];
    while (given.length < ids.length) {
      const claims = await Promise.all(workers.map((worker) => worker.claim(7)));
      assert.ok(claims.flat().length > 0, `only ${given.length} of ${ids.length} were given`);
      given.push(...claims.flat());
    }
    assert.deepEqual(given.toSorted(), ids.toSorted());
  },

  async 'starts as many as there are slots, and reads ahead as many as it may'(scene) {
    await scene.enqueue('a', 'b', 'c', 'd', 'e', 'f');
    const worker = await scene.worker();
    const reply = await worker.work({ claims: [{ queue: 'orders', slots: 2, ahead: 3 }] });
    assert.deepEqual(idsOf(reply), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(await scene.states('a', 'b', 'c', 'd', 'e', 'f'), [
      'started',
      'started',
      'claimed',
      'claimed',
      'claimed',
      'waiting',
    ]);
  },

  async 'counts what was read ahead as started once it is told'(scene) {
    await scene.enqueue('a', 'b', 'c');
    const worker = await scene.worker();
    await worker.readAhead();
    await worker.work({ started: [worker.receipt('b'), 'no receipt at all'] });
    assert.deepEqual(await scene.states('a', 'b', 'c'), ['claimed', 'started', 'claimed']);
  },

  async 'claims from several queues at once, for each as much as is asked'(scene) {
    const letters = ['a', 'b', 'c'];
    for (const queue of ['x', 'y', 'z'])
      await scene.enqueue(...letters.map((letter) => ({ id: `${queue}-${letter}`, queue })));
    const worker = await scene.worker();
    const reply = await worker.work({
      claims: [
        { queue: 'x', slots: 1, ahead: 1 },
        { queue: 'nothing here', slots: 5, ahead: 0 },
        { queue: 'y', slots: 0, ahead: 0 },
        { queue: 'z', slots: 5, ahead: 0 },
      ],
    });
    const given = (queue: string) => idsOf(reply).filter((id) => id.startsWith(queue));
    assert.deepEqual(given('x'), ['x-a', 'x-b']);
    assert.deepEqual(given('y'), []);
    assert.deepEqual(given('z'), ['z-a', 'z-b', 'z-c']);
  },

  async 'gives a new receipt with each claim'(scene) {
    await scene.enqueue('a', 'b');
    const worker = await scene.worker();
    const receipts = new Set<string>();
    for (let turn = 0; turn < 5; turn += 1) {
      await worker.claim();
      receipts.add(worker.receipt('a')).add(worker.receipt('b'));
      await worker.release('a', 'b');
    }
    assert.equal(receipts.size, 10);
  },

  async 'settles before it claims, in one call'(scene) {
    await scene.enqueue('a', 'b');
    const worker = await scene.worker();
    await worker.claim(1);
    const reply = await worker.work({
      settle: [{ kind: 'release', receipt: worker.receipt('a'), started: true }],
      claims: [{ queue: 'orders', slots: 1, ahead: 0 }],
    });
    assert.deepEqual(idsOf(reply), ['a']);
  },

  async 'tells server time'(scene) {
    const worker = await scene.worker();
    const before = await scene.broker.ping();
    const { now } = await worker.work({});
    const after = await worker.beat();
    assert.ok(before <= now && now <= after.now, `${before} <= ${now} <= ${after.now}`);
    await scene.pass(50);
    assert.ok((await scene.broker.ping()) >= before + 50);
  },

  async 'refuses a session that was never opened, and gives it nothing'(scene) {
    await scene.enqueue('a');
    const worker = await scene.worker();
    const claims = [{ queue: 'orders', slots: 1, ahead: 0 }];
    await assert.rejects(worker.work({ session: 'a stranger', claims }), LeaseLostError);
    assert.deepEqual(await worker.claim(), ['a']);
  },
};
