import assert from 'node:assert/strict';
import type { Mark, Results } from '../../../core/ports/results.js';
import { readPlan } from './asserting.js';
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
