import { describe, expect, it } from 'vitest';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

const FROM = { trace: 't', tenant: 'all' };
const own = { headers: { tenant: 'mine' } };

/** Tasks 'ok' and 'bad' that note their headers under the name in their payload. */
async function noting() {
  const seen: Record<string, unknown> = {};
  const world = memoryWorld();
  const instance = new Instance(world)
    .task('ok', (name: string, ctx) => {
      seen[name] = ctx.headers;
    })
    .task('bad', (name: string, ctx) => {
      seen[name] = ctx.headers;
      throw new Error('bad');
    });
  await instance.start();
  return { client: instance.client, clock: world.clock, seen };
}

const MINE = { trace: 't', tenant: 'mine' };

describe('headers', () => {
  it('are inherited by the callbacks of a job, whose own keys win', async () => {
    const { client, clock, seen } = await noting();
    await client.enqueue('ok', 'job', {
      headers: FROM,
      onSuccess: [job('bad', 'next', { onError: [job('ok', 'last', own)] })],
    });
    await clock.advance(0);
    expect(seen).toEqual({ job: FROM, next: FROM, last: MINE });
  });

  it('are inherited by the members and callbacks of a group', async () => {
    const { client, clock, seen } = await noting();
    const members = [job('ok', 'a'), job('ok', 'b', own)];
    const after = { onSuccess: [job('ok', 'success')], onComplete: [job('ok', 'complete', own)] };
    await client.enqueueGroup(group(members, { headers: FROM, ...after }));
    await clock.advance(0);
    expect(seen).toEqual({ a: FROM, b: MINE, success: FROM, complete: MINE });
  });

  it('are inherited by the steps and callbacks of a chain, and by what is in a group among them', async () => {
    const { client, clock, seen } = await noting();
    const inner = group([job('ok', 'member')], { onComplete: [job('ok', 'after', own)] });
    const steps = [job('ok', 'first', own), inner, job('bad', 'last')];
    await client.enqueueChain(chain(steps, { headers: FROM, onError: [job('ok', 'error')] }));
    await clock.advance(0);
    expect(seen).toEqual({ first: MINE, member: FROM, after: MINE, last: FROM, error: FROM });
  });

  it('are inherited by the runs of a schedule', async () => {
    const { client, clock, seen } = await noting();
    await client.enqueue('ok', 'run', { schedule: '* * * * *', headers: FROM });
    await clock.advance(60_000);
    expect(seen).toEqual({ run: FROM });
  });
});
