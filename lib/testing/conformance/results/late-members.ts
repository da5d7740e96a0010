import assert from 'node:assert/strict';
import { put } from './asserting.js';
import { aJob, aMark, aPlan } from './records.js';
import type { ResultsCases } from './results-world.js';
import {
  HORIZON_MS,
  KEEP_NONE,
  assertForgotten,
  assertKept,
  memberDone,
  retain,
} from './time-travel.js';

export const lateMembers: ResultsCases = {
  async 'lets members age that finish after the release'(world) {
    await retain(world, KEEP_NONE);
    await world.results.plan([aPlan('p', ['a'])]);
    await put(world.results, aJob('a', { planId: 'p' }));
    await world.results.release(['p']);
    await memberDone(world, 'a');
    await world.pass(HORIZON_MS);

    await assertForgotten(world, 'p', 'a');
  },

  async 'keeps all of a plan again once a member is opened again'(world) {
    const { results } = world;
    await retain(world, KEEP_NONE);
    await results.plan([aPlan('p', ['a', 'b'])]);
    for (const id of ['a', 'b']) await memberDone(world, id);
    await results.release(['p']);

    await results.mark([aMark('a', { status: 'open', generation: 2 })]);
    await world.pass(3 * HORIZON_MS);
    await assertKept(world, 'p', 'a', 'b');

    await memberDone(world, 'a', 'p', 2);
    await results.release(['p']);
    await world.pass(HORIZON_MS);
    await assertForgotten(world, 'p', 'a', 'b');
  },

  async 'lets members of a deleted plan age'(world) {
    const { results } = world;
    await retain(world, KEEP_NONE);
    await results.plan([aPlan('p', ['a', 'b'])]);
    await memberDone(world, 'a');
    await results.delete([{ id: 'p', generation: 1 }]);
    await memberDone(world, 'b');
    await world.pass(HORIZON_MS);

    await assertForgotten(world, 'a', 'b');
  },

  async 'keeps members that finish before their plan is there'(world) {
    const { results } = world;
    await retain(world, { ...KEEP_NONE, successful: { count: 0 } });
    await memberDone(world, 'a');
    await world.pass(HORIZON_MS / 2);
    await results.plan([aPlan('p', ['a'])]);
    await world.pass(3 * HORIZON_MS);

    await assertKept(world, 'p', 'a');
  },

  async 'keeps marks for a plan that is not there until the horizon, and no longer'(world) {
    const { results } = world;
    await results.mark([aMark('a'), aMark('a', { planId: 'q' })]);
    await world.pass(HORIZON_MS / 2);
    assert.deepEqual(await results.plan([aPlan('p', ['a'])]), [{ members: 1, open: 0 }]);

    await world.pass(2 * HORIZON_MS);
    await assertKept(world, 'p');

    assert.deepEqual(await results.plan([aPlan('q', ['a'])]), [{ members: 1, open: 1 }]);
  },
};
