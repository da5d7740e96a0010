import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Delivery, QueueClaim } from '../../../lib/core/ports/broker.js';
import { Pool } from '../../../lib/core/worker/pool.js';
import { ReadAhead } from '../../../lib/core/worker/read-ahead.js';
import type { Claim } from '../../../lib/core/worker/run.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';

setFlagsFromString('--expose-gc');
// What a fresh context calls `gc` once the flag is set; its result is untyped.
const collect: () => void = runInNewContext('gc');

const AHEAD = 8;
const JOB = { kind: 'job', generation: 1, queue: 'q', priority: 0, dueAt: 0 } as const;
const NEW = { fresh: true, redelivered: false, crashes: 0, body: new Uint8Array() } as const;

function deliveries({ slots, ahead }: QueueClaim): Delivery[] {
  return Array.from({ length: slots + ahead }, () => ({ ...JOB, ...NEW, id: 'a', receipt: 'a' }));
}

/** A pool of one slot that always has more to do. */
function busyPool() {
  const started: WeakRef<Claim>[] = [];
  let current: Claim | undefined;
  const execute = (claim: Claim) => {
    current = claim;
    started.push(new WeakRef(claim));
  };
  const pool = new Pool('q', 1, {
    readAhead: new ReadAhead(AHEAD),
    clock: new ManualClock(),
    actions: {
      claimed: () => {},
      execute,
      giveBack: () => {},
      wanting: () => {},
      mayStart: () => true,
    },
  });
  const next = () => {
    const asked = pool.ask();
    if (asked) pool.answered(asked, deliveries(asked));
    expect([...pool.unstarted()]).not.toEqual([]);
    current?.free();
  };
  return { pool, started, next };
}

it('lets go of what has ended, though it never runs empty', async () => {
  const { pool, started, next } = busyPool();
  for (let ended = 0; ended < 1_000; ended += 1) next();
  // What a weak reference was made of lives until the end of the turn.
  await setImmediate();
  collect();
  expect(started).toHaveLength(1_001);
  expect(started.filter((claim) => claim.deref()).length).toBeLessThanOrEqual(1 + 2 * AHEAD);
  expect(pool.running).toBe(1);
});
