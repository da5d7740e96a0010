import assert from 'node:assert/strict';
import type { RecordWrite, Results, WriteReply } from '../../../core/ports/results.js';
import { assertRecord, assertTombstone, put, read, walk } from './asserting.js';
import { aJob, aMark, aPlan, finished, idsOf } from './records.js';
import { KEEP_ALL, withAnother, type ResultsCases } from './results-world.js';

const RACES = 25;

/** Lets each rival write its own version at the same time. */
async function race(
  rivals: readonly Results[],
  versionOf: (rival: number) => RecordWrite,
): Promise<WriteReply[]> {
  const writes = rivals.map((results, rival) => results.put([versionOf(rival)]));
  return (await Promise.all(writes)).flat();
}

function onlyWinner(replies: readonly WriteReply[]): number {
  assert.equal(replies.filter(({ stored }) => stored).length, 1, 'exactly one write may be taken');
  return replies.findIndex(({ stored }) => stored);
}

export const clients: ResultsCases = {
  async 'answers a ping'({ results }) {
    await results.ping();
  },

  async 'shows each client what the other writes'(world) {
    await withAnother(world, async (other) => {
      const revision = await put(world.results, aJob('a'));
      assert.equal((await read(other, 'a'))?.revision, revision);

      await put(other, finished('a', 1), revision);

      assertRecord((await read(world.results, 'a'))?.record, finished('a', 1));
      assert.deepEqual(await walk(world.results, { status: 'successful' }), ['a']);
      assert.deepEqual(await world.results.counts('mail'), await other.counts('mail'));
    });
  },

  async 'lets exactly one of two clients win a race for one revision'(world) {
    await withAnother(world, async (other) => {
      const rivals = [world.results, other];
      for (const id of idsOf(RACES)) {
        const expect = await put(world.results, aJob(id));

        const replies = await race(rivals, (run) => ({ record: aJob(id, { run }), expect }));

        const winner = onlyWinner(replies);
        assertRecord((await read(other, id))?.record, aJob(id, { run: winner }));
      }
    });
  },

  async 'lets exactly one of two clients create a record'(world) {
    await withAnother(world, async (other) => {
      const rivals = [world.results, other];
      for (const id of idsOf(RACES)) {
        const replies = await race(rivals, (run) => ({ record: aJob(id, { run }), expect: 0 }));

        const winner = onlyWinner(replies);
        assertRecord((await read(other, id))?.record, aJob(id, { run: winner }));
      }
    });
  },

  async 'never lets a late run survive a deletion that it races with'(world) {
    await withAnother(world, async (other) => {
      for (const id of idsOf(RACES)) {
        const revision = await put(world.results, aJob(id));
        await Promise.all([
          world.results.delete([{ id, generation: 1 }]),
          other.put([{ record: finished(id, 1), expect: revision }]),
        ]);

        assertTombstone(await read(other, id), { id, generation: 1 });
      }
      assert.deepEqual(await other.counts(), { successful: 0, failed: 0, cancelled: 0 });
    });
  },

  async 'loses no mark when two clients mark at once, and tells one of them the end'(world) {
    await withAnother(world, async (other) => {
      for (const planId of idsOf(RACES, 'plan')) {
        await world.results.plan([aPlan(planId, ['a', 'b'])]);

        const progress = await Promise.all([
          world.results.mark([aMark('a', { planId })]),
          other.mark([aMark('b', { planId })]),
        ]);

        assert.ok(
          progress.flat().some((state) => state?.open === 0),
          'nobody was told that the plan has ended',
        );
      }
    });
  },

  async 'loses no mark that races with its plan'(world) {
    await withAnother(world, async (other) => {
      for (const planId of idsOf(RACES, 'plan')) {
        const progress = await Promise.all([
          world.results.plan([aPlan(planId, ['a'])]),
          other.mark([aMark('a', { planId })]),
        ]);

        assert.ok(progress.flat().some((state) => state?.open === 0));
      }
    });
  },

  async 'serves on while one of its users still has it connected'({ results }) {
    await results.connect({ retention: KEEP_ALL });
    await put(results, aJob('a'));
    await results.close();

    await put(results, aJob('b'));
    assertRecord((await read(results, 'a'))?.record, aJob('a'));
  },

  async 'keeps what it has until it is connected again'({ results }) {
    const revision = await put(results, aJob('a'));
    await results.close();
    await results.connect({ retention: KEEP_ALL });

    await put(results, finished('a', 1), revision);
    assertRecord((await read(results, 'a'))?.record, finished('a', 1));
  },
};
