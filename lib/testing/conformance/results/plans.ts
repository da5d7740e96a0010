import assert from 'node:assert/strict';
import { assertRecord, assertTombstone, put, read, readPlan } from './asserting.js';
import { aJob, aMark, aPlan, bytes } from './records.js';
import type { ResultsCases } from './results-world.js';

export const plans: ResultsCases = {
  async 'stores a plan and gives it back whole'({ results }) {
    const plan = aPlan('p', ['c', 'a', 'b'], { generation: 2, planId: 'chain' });

    assert.deepEqual(await results.plan([plan]), [{ members: 3, open: 3 }]);

    assertRecord(await readPlan(results), plan);
  },

  async 'leaves a plan alone that is there already, and tells how it stands'({ results }) {
    await results.plan([aPlan('p', ['a', 'b'])]);
    await results.mark([aMark('a')]);
    const before = await read(results, 'p');

    const again = await results.plan([
      aPlan('p', ['other'], { generation: 2, body: bytes('other') }),
    ]);

    assert.deepEqual(again, [{ members: 2, open: 1 }]);
    assert.deepEqual(await read(results, 'p'), before);
  },

  async 'has no place for a plan where a job is'({ results }) {
    await put(results, aJob('p'));

    assert.deepEqual(await results.plan([aPlan('p', ['a'], { generation: 2 })]), [undefined]);
    assertRecord((await read(results, 'p'))?.record, aJob('p'));
  },

  async 'has no place for a plan of a deleted generation, but for the next'({ results }) {
    await results.delete([{ id: 'p', generation: 2 }]);

    for (const generation of [1, 2])
      assert.deepEqual(await results.plan([aPlan('p', ['a'], { generation })]), [undefined]);
    assertTombstone(await read(results, 'p'), { id: 'p', generation: 2 });

    const next = aPlan('p', ['a'], { generation: 3 });
    assert.deepEqual(await results.plan([next]), [{ members: 1, open: 1 }]);
    assertRecord(await readPlan(results), next);
  },

  async 'sees a plan without members ended at once'({ results }) {
    assert.deepEqual(await results.plan([aPlan('p', [])]), [{ members: 0, open: 0 }]);
  },

  async 'takes several plans, each by itself'({ results }) {
    await put(results, aJob('job'));
    await results.plan([aPlan('known', ['x'])]);
    await results.mark([aMark('x', { planId: 'known' })]);

    const progress = await results.plan([
      aPlan('one', ['a']),
      aPlan('job', ['a']),
      aPlan('known', ['a', 'b', 'c']),
      aPlan('two', ['a', 'b']),
    ]);

    assert.deepEqual(progress, [
      { members: 1, open: 1 },
      undefined,
      { members: 1, open: 0 },
      { members: 2, open: 2 },
    ]);
  },

  async 'notes what has been dispatched at the ends of a plan, each end once'({ results }) {
    await results.plan([aPlan('p', ['a'])]);

    await results.dispatched([{ planId: 'p', ends: ['success'] }]);
    await results.dispatched([{ planId: 'p', ends: ['complete', 'success'] }]);
    await results.dispatched([{ planId: 'p', ends: [] }]);

    assert.deepEqual(
      new Set((await readPlan(results)).dispatched),
      new Set(['success', 'complete']),
    );
    assert.equal((await readPlan(results)).dispatched.length, 2);
  },

  async 'notes the ends of several plans, and of one twice, in one call'({ results }) {
    await results.plan([aPlan('p', ['a']), aPlan('q', ['a'])]);

    await results.dispatched([
      { planId: 'p', ends: ['success'] },
      { planId: 'nobody', ends: ['success'] },
      { planId: 'q', ends: ['error', 'complete'] },
      { planId: 'p', ends: ['complete'] },
    ]);

    assert.deepEqual((await readPlan(results)).dispatched, ['success', 'complete']);
    assert.deepEqual((await readPlan(results, 'q')).dispatched, ['error', 'complete']);
  },

  async 'keeps marks and notes apart'({ results }) {
    await results.plan([aPlan('p', ['a', 'b'])]);
    await results.mark([aMark('a')]);
    await results.dispatched([{ planId: 'p', ends: ['error'] }]);
    await results.mark([aMark('b', { status: 'failed' })]);

    assertRecord(await readPlan(results), {
      ...aPlan('p', ['a', 'b']),
      marks: ['successful', 'failed'],
      generations: [1, 1],
      dispatched: ['error'],
    });
  },

  async 'notes nothing for what is no plan'({ results }) {
    const revision = await put(results, aJob('job'));

    await results.dispatched([{ planId: 'job', ends: ['success'] }]);
    await results.dispatched([{ planId: 'nobody', ends: ['success'] }]);

    assert.equal((await read(results, 'job'))?.revision, revision);
    assert.equal(await read(results, 'nobody'), undefined);
  },

  async 'changes the revision of a plan with all that changes it'({ results }) {
    await results.plan([aPlan('p', ['a'])]);
    const revisions = [(await read(results, 'p'))?.revision];
    await results.mark([aMark('a')]);
    revisions.push((await read(results, 'p'))?.revision);
    await results.dispatched([{ planId: 'p', ends: ['success'] }]);
    revisions.push((await read(results, 'p'))?.revision);

    assert.equal(new Set([0, undefined, ...revisions]).size, 5);
  },
};
