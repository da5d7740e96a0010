import assert from 'node:assert/strict';
import type { Mark, Results } from '../../../core/ports/results.js';
import { assertRecord, readPlan } from './asserting.js';
import { aMark, aPlan } from './records.js';
import type { ResultsCases } from './results-world.js';

/** Marks one after the other, and gives how many members are open in the end. */
async function openAfter(results: Results, marks: readonly Mark[]): Promise<number | undefined> {
  let open: number | undefined;
  for (const mark of marks) open = (await results.mark([mark]))[0]?.open;
  return open;
}

export const marks: ResultsCases = {
  async 'counts down as members end, whichever way they end'({ results }) {
    await results.plan([aPlan('p', ['a', 'b', 'c'])]);

    assert.deepEqual(await results.mark([aMark('b')]), [{ members: 3, open: 2 }]);
    assert.deepEqual(await results.mark([aMark('c', { status: 'failed' })]), [
      { members: 3, open: 1 },
    ]);
    assert.deepEqual(await results.mark([aMark('a', { status: 'cancelled' })]), [
      { members: 3, open: 0 },
    ]);
    assert.deepEqual((await readPlan(results)).marks, ['cancelled', 'successful', 'failed']);
  },

  async 'tells how the plans stand after all marks of a call'({ results }) {
    await results.plan([aPlan('p', ['a', 'b']), aPlan('q', ['a', 'b'])]);

    const progress = await results.mark([
      aMark('a'),
      aMark('a', { planId: 'q' }),
      aMark('a', { planId: 'nobody' }),
      aMark('b'),
    ]);

    const ended = { members: 2, open: 0 };
    assert.deepEqual(progress, [ended, { members: 2, open: 1 }, undefined, ended]);
  },

  async 'brings along the plan that a mark asks for, as it stands then, or leaves it out'({
    results,
  }) {
    await results.plan([aPlan('p', ['a', 'b']), aPlan('q', ['a', 'b']), aPlan('r', ['a'])]);

    const replies = await results.mark([
      aMark('a', { show: 'always' }),
      aMark('a', { planId: 'q', show: 'ended' }),
      aMark('a', { planId: 'r', show: 'ended' }),
      aMark('a', { planId: 'nobody', show: 'always' }),
      aMark('b', { status: 'failed' }),
    ]);

    const plans = replies.map((reply) => reply?.plan);
    for (const index of [1, 3]) assert.equal(plans[index], undefined);
    if (plans[0]) assertRecord(plans[0], await readPlan(results, 'p'));
    if (plans[2]) assertRecord(plans[2], await readPlan(results, 'r'));
  },

  async 'tells members apart that are named like places in the plan'({ results }) {
    const names = ['p:1', 'p:0', 'p:02', 'p:3'];
    await results.plan([aPlan('p', names), aPlan('q', ['q:0', 'q:1', 'q:2'])]);

    await results.mark([aMark('p:1'), aMark('p:2'), aMark('p:3', { status: 'failed' })]);
    for (const stranger of ['q:3', 'q:01', 'q:-1', 'q:1e0', 'q:', 'q:0:1', 'p:0', 'q', '0'])
      await results.mark([aMark(stranger, { planId: 'q' })]);
    await results.mark([aMark('q:2', { planId: 'q', status: 'cancelled' })]);

    const open = 'open';
    assert.deepEqual((await readPlan(results)).marks, ['successful', open, open, 'failed']);
    assert.deepEqual((await readPlan(results, 'q')).marks, [open, open, 'cancelled']);
  },

  async 'marks members of large plans, among the first and the last'({ results }) {
    for (const [id, name] of [
      ['p', 'p:'],
      ['q', 'own-'],
    ] as const) {
      const ids = Array.from({ length: 600 }, (_, index) => `${name}${index}`);
      await results.plan([aPlan(id, ids)]);
      const first = aMark(ids[0], { planId: id });
      const standing = { members: 600, open: 598 };
      const last = aMark(ids[599], { planId: id, status: 'failed', generation: 300 });

      assert.deepEqual(await results.mark([first, last]), [standing, standing]);
      await results.dispatched([{ planId: id, ends: ['error'] }]);
      const plan = await readPlan(results, id);
      const stands = [plan.marks[0], plan.marks[1], plan.marks[599]];
      assert.deepEqual(stands, ['successful', 'open', 'failed']);
      assert.deepEqual([plan.generations[599], plan.dispatched], [300, ['error']]);
    }
  },

  async 'counts a member once, however often it is marked'({ results }) {
    await results.plan([aPlan('p', ['a', 'b'])]);

    assert.equal(await openAfter(results, [aMark('a'), aMark('a'), aMark('a')]), 1);
  },

  async 'ignores marks of one that is no member'({ results }) {
    await results.plan([aPlan('p', ['a'])]);

    assert.deepEqual(await results.mark([aMark('stranger')]), [{ members: 1, open: 1 }]);
    assert.deepEqual((await readPlan(results)).marks, ['open']);
  },

  async 'opens a member again for a higher generation'({ results }) {
    await results.plan([aPlan('p', ['a', 'b'])]);
    await results.mark([aMark('a', { status: 'failed' }), aMark('b')]);

    assert.equal(await openAfter(results, [aMark('a', { status: 'open', generation: 2 })]), 1);
    assert.deepEqual((await readPlan(results)).marks, ['open', 'successful']);
    assert.deepEqual((await readPlan(results)).generations, [2, 1]);
  },

  async 'ignores a mark of a lower generation'({ results }) {
    await results.plan([aPlan('p', ['a'])]);

    const late = aMark('a', { status: 'failed', generation: 1 });
    const reopened = aMark('a', { status: 'open', generation: 2 });
    assert.equal(await openAfter(results, [late, reopened, late]), 1);
    assert.equal(await openAfter(results, [aMark('a', { generation: 2 }), late]), 0);
    assert.deepEqual((await readPlan(results)).marks, ['successful']);
    assert.deepEqual((await readPlan(results)).generations, [2]);
  },

  async 'takes an end of a higher generation without having seen it opened'({ results }) {
    await results.plan([aPlan('p', ['a'])]);
    await results.mark([aMark('a', { status: 'failed' })]);

    assert.equal(await openAfter(results, [aMark('a', { generation: 2 })]), 0);
    assert.deepEqual((await readPlan(results)).marks, ['successful']);
  },

  async 'leaves a member ended when word that it was opened arrives after its end'({ results }) {
    await results.plan([aPlan('p', ['a'])]);

    const opened = aMark('a', { status: 'open', generation: 2 });
    assert.equal(await openAfter(results, [aMark('a', { generation: 2 }), opened]), 0);
    assert.deepEqual((await readPlan(results)).marks, ['successful']);
  },

  async 'counts marks that came before their plan'({ results }) {
    assert.deepEqual(await results.mark([aMark('b'), aMark('stranger')]), [undefined, undefined]);

    assert.deepEqual(await results.plan([aPlan('p', ['a', 'b'])]), [{ members: 2, open: 1 }]);
    assert.deepEqual((await readPlan(results)).marks, ['open', 'successful']);
    assert.deepEqual((await readPlan(results)).generations, [0, 1]);
  },

  async 'goes by the generations also of marks that came before their plan'({ results }) {
    await results.mark([
      aMark('a', { generation: 2 }),
      aMark('b', { status: 'open', generation: 3 }),
    ]);
    await results.mark([aMark('a', { status: 'failed' }), aMark('b', { status: 'failed' })]);

    assert.deepEqual(await results.plan([aPlan('p', ['a', 'b'])]), [{ members: 2, open: 1 }]);
    assert.deepEqual((await readPlan(results)).marks, ['successful', 'open']);
  },

  async 'notes that a plan is cancelled as a whole'({ results }) {
    await results.plan([aPlan('p', ['a'])]);

    const progress = await results.mark([aMark(undefined, { status: 'cancelled' })]);

    assert.deepEqual(progress, [{ members: 1, open: 1 }]);
    assert.equal((await readPlan(results)).cancelled, true);
    assert.deepEqual((await readPlan(results)).marks, ['open']);
  },

  async 'knows of a plan that it was cancelled before it came'({ results }) {
    await results.mark([aMark(undefined, { status: 'cancelled' })]);
    await results.plan([aPlan('p', ['a'])]);

    assert.equal((await readPlan(results)).cancelled, true);
  },

  async 'takes a cancellation back, but not for a lower generation'({ results }) {
    await results.plan([aPlan('p', ['a'])]);
    const opened = aMark(undefined, { status: 'open', generation: 2 });
    await results.mark([aMark(undefined, { status: 'cancelled', generation: 2 })]);

    await results.mark([{ ...opened, generation: 1 }]);
    assert.equal((await readPlan(results)).cancelled, true);

    await results.mark([opened]);
    assert.equal((await readPlan(results)).cancelled, false);
  },
};
