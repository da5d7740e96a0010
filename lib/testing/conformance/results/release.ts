import assert from 'node:assert/strict';
import { walk } from './asserting.js';
import { aPlan } from './records.js';
import type { ResultsCases } from './results-world.js';
import {
  HORIZON_MS,
  KEEP_NONE,
  assertForgotten,
  assertKept,
  finishNow,
  memberDone,
  retain,
} from './time-travel.js';

export const release: ResultsCases = {
  async 'keeps plans and their finished members until they are released'(world) {
    const { results } = world;
    await retain(world, { ...KEEP_NONE, successful: { count: 0 } });
    await results.plan([aPlan('p', ['a', 'b'])]);
    for (const id of ['a', 'b']) await memberDone(world, id);
    await world.pass(3 * HORIZON_MS);

    await assertKept(world, 'p', 'a', 'b');
    assert.deepEqual(await walk(results, { status: 'successful' }), ['b', 'a']);
    for (const queue of ['mail', undefined])
      assert.deepEqual(await results.counts(queue), { successful: 2, failed: 0, cancelled: 0 });

    await results.release(['p']);
    await world.pass(HORIZON_MS);

    await assertForgotten(world, 'p', 'a', 'b');
    assert.deepEqual(await walk(results, { status: 'successful' }), []);
  },

  async 'does not count the members of open plans among those to be kept'(world) {
    await retain(world, { successful: { count: 2 } });
    await world.results.plan([aPlan('p', ['a', 'b'])]);
    for (const id of ['a', 'b']) await memberDone(world, id);
    await finishNow(world, 'x', 'y', 'z');
    await world.pass(HORIZON_MS);

    await assertForgotten(world, 'x');
    await assertKept(world, 'a', 'b', 'y', 'z');
  },

  async 'keeps a released plan within the horizon'(world) {
    await retain(world, KEEP_NONE);
    await world.results.plan([aPlan('p', ['a'])]);
    await memberDone(world, 'a');
    await world.pass(3 * HORIZON_MS);
    await world.results.release(['p']);

    await world.pass(HORIZON_MS / 2);

    await assertKept(world, 'p');
  },

  async 'releases the plans within a plan, and their members'(world) {
    const { results } = world;
    await retain(world, KEEP_NONE);
    await results.plan([
      aPlan('chain', ['g', 'last']),
      aPlan('g', ['inner', 'a'], { planId: 'chain' }),
      aPlan('inner', ['b'], { planId: 'g' }),
    ]);
    await memberDone(world, 'a', 'g');
    await memberDone(world, 'b', 'inner');
    await memberDone(world, 'last', 'chain');
    await world.pass(3 * HORIZON_MS);
    await assertKept(world, 'chain', 'g', 'inner', 'a', 'b', 'last');

    await results.release(['chain']);
    await world.pass(HORIZON_MS);

    await assertForgotten(world, 'chain', 'g', 'inner', 'a', 'b', 'last');
  },

  async 'leaves alone who bears the name of a member, but belongs elsewhere'(world) {
    const { results } = world;
    await retain(world, KEEP_NONE);
    await results.plan([aPlan('p', ['a', 'q']), aPlan('q', ['a'])]);
    await memberDone(world, 'a', 'q');

    await results.release(['p']);
    await world.pass(HORIZON_MS);

    await assertForgotten(world, 'p');
    await assertKept(world, 'q', 'a');
  },
};
