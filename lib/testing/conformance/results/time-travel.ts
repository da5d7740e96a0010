import assert from 'node:assert/strict';
import { REDELIVERY_HORIZON_MS } from '../../../core/lease.js';
import type { RetentionPolicy } from '../../../core/ports/results.js';
import { put, read } from './asserting.js';
import { aJob, aMark, finished } from './records.js';
import { KEEP_ALL, timeIn, type ResultsWorld } from './results-world.js';

export const MINUTE_MS = 60_000;
export const HORIZON_MS = REDELIVERY_HORIZON_MS;

/** A store may forget this late, and may wait for the next writes to do it. */
const FORGETS_WITHIN_MINUTES = 5;
const WRITES = 20;

/** Retention by which whatever may go goes. */
export const KEEP_NONE: RetentionPolicy = {
  successful: { age: 0 },
  failed: { age: 0 },
  cancelled: { age: 0 },
};

/** Connects once more, with another retention: the last one counts. */
export async function retain(
  { results }: ResultsWorld,
  policy: Partial<RetentionPolicy>,
): Promise<void> {
  await results.connect({ retention: { ...KEEP_ALL, ...policy } });
  await results.close();
}

/** Puts jobs that finish now, one after the other. */
export async function finishNow(world: ResultsWorld, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    await put(world.results, finished(id, timeIn(world)));
    await world.pass(1);
  }
}

/** A member of a plan succeeds now, and is marked. */
export async function memberDone(
  world: ResultsWorld,
  id: string,
  planId = 'p',
  generation = 1,
): Promise<void> {
  const expect = (await read(world.results, id))?.revision ?? 0;
  await put(world.results, finished(id, timeIn(world), { planId, generation }), expect);
  await world.results.mark([aMark(id, { planId, generation })]);
}

/** Demands that all of these are still there, also after some more writes. */
export async function assertKept(world: ResultsWorld, ...ids: string[]): Promise<void> {
  await writeSome(world);
  for (const id of ids) assert.ok(await read(world.results, id), `'${id}' should have been kept`);
}

/** Demands that all of these are forgotten in a few minutes from now. */
export async function assertForgotten(world: ResultsWorld, ...ids: string[]): Promise<void> {
  let left = ids;
  for (let minutes = 0; minutes < FORGETS_WITHIN_MINUTES; minutes += 1) {
    await writeSome(world);
    const found = await world.results.get(left);
    left = left.filter((_, index) => found[index] !== undefined);
    if (left.length === 0) return;
    await world.pass(MINUTE_MS);
  }
  assert.fail(`'${left.join("', '")}' should have been forgotten`);
}

async function writeSome({ results }: ResultsWorld): Promise<void> {
  for (let written = 0; written < WRITES; written += 1) {
    const expect = (await read(results, 'unfinished'))?.revision ?? 0;
    await put(results, aJob('unfinished', { run: written }), expect);
  }
}
