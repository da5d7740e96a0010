import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { Instance, memoryWorld, type World } from '../../support/engine/instance.js';

function ticking(world: World, runs: string[], schedule: string) {
  const note = (_: never, ctx: { id: string; payload: unknown }) => void runs.push(ctx.id);
  return new Instance(world).task('tick', note, { schedule, queue: 'q' });
}

describe('a task with a schedule', () => {
  it('is scheduled when the workers start, under its own name, without a payload', async () => {
    const world = memoryWorld();
    const instance = await ticking(world, [], '* * * * *').start();
    expect(await instance.client.getJob('tick')).toMatchObject({
      id: 'tick',
      status: 'scheduled',
      schedule: '* * * * *',
      queue: 'q',
      payload: undefined,
    });
  });

  it('gives one job per slot, however many instances declare it', async () => {
    const world = memoryWorld();
    const runs: string[] = [];
    const instances = [1, 2, 3].map(() => ticking(world, runs, '* * * * *'));
    await Promise.all(instances.map(async (instance) => instance.start()));
    await world.clock.advance(180_000);
    expect(runs).toEqual([1, 2, 3].map((n) => `tick:2024-07-01T12:0${n}:00.000Z`));
  });

  it('keeps its slots while instances come and go', async () => {
    const world = memoryWorld();
    const runs: string[] = [];
    for (let deploy = 1; deploy <= 3; deploy += 1) {
      const instance = await ticking(world, runs, '* * * * *').start();
      await world.clock.advance(59_000);
      await instance.runner.stop();
      await world.clock.advance(1_000);
    }
    const last = await ticking(world, runs, '* * * * *').start();
    await world.clock.advance(0);
    expect(new Set(runs).size).toBe(runs.length);
    expect(runs).toContain('tick:2024-07-01T12:03:00.000Z');
    await last.close();
  });

  it('takes the new cron of a new release', async () => {
    const world = memoryWorld();
    const runs: string[] = [];
    await (await ticking(world, runs, '* * * * *').start()).close();
    const release = await ticking(world, runs, '30 * * * *').start();
    expect((await release.client.getJob('tick')).eta).toEqual(new Date('2024-07-01T12:30:00Z'));
  });

  it('stops the bootstrap when its cron never fires, and names the handler', async () => {
    const instance = ticking(memoryWorld(), [], '0 0 30 2 *');
    await expect(instance.connect()).rejects.toThrow(InvalidOptionsError);
    await expect(instance.connect()).rejects.toThrow('Test.tick');
  });
});
