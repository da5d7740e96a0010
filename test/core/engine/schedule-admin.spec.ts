import { describe, expect, it } from 'vitest';
import { NotFoundError } from '../../../lib/core/errors.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

const at = (time: string) => new Date(`2024-07-01T${time}Z`);

async function scheduling() {
  const ids: string[] = [];
  const world = memoryWorld();
  const instance = new Instance(world).task('tick', (_: never, ctx) => void ids.push(ctx.id));
  await instance.start();
  const schedule = async (id: string, cron = '* * * * *') =>
    instance.client.enqueue('tick', { of: id }, { id, schedule: cron });
  return { instance, admin: instance.admin, schedule, ids, clock: world.clock };
}

describe('schedules, as administrators', () => {
  it('see them: all, or one', async () => {
    const { admin, schedule } = await scheduling();
    await schedule('b', '*/10 * * * *');
    await schedule('a');
    const shown = { task: 'tick', queue: 'tasqueue:tasks', timezone: undefined, paused: false };
    const a = {
      ...shown,
      id: 'a',
      payload: { of: 'a' },
      cron: '* * * * *',
      nextAt: at('12:01:00'),
    };
    const b = {
      ...shown,
      id: 'b',
      payload: { of: 'b' },
      cron: '*/10 * * * *',
      nextAt: at('12:10:00'),
    };
    expect(await admin.schedules()).toEqual([a, b]);
    expect(await admin.schedule('b')).toEqual(b);
  });

  it('pause one: its slots go by unrun, and do not come back', async () => {
    const { admin, schedule, clock, ids } = await scheduling();
    await schedule('s');
    await admin.pauseSchedule('s');
    expect(await admin.schedule('s')).toMatchObject({ paused: true, nextAt: undefined });
    await clock.advanceTo(at('12:05:30'));
    expect(ids).toEqual([]);
    await admin.resumeSchedule('s');
    expect(await admin.schedule('s')).toMatchObject({ paused: false, nextAt: at('12:06:00') });
    await clock.advanceTo(at('12:06:00'));
    expect(ids).toEqual(['s:2024-07-01T12:06:00.000Z']);
  });

  it('pause one for good: declaring it again leaves it paused', async () => {
    const { admin, schedule, clock, ids } = await scheduling();
    await schedule('s');
    await admin.pauseSchedule('s');
    await schedule('s', '*/2 * * * *');
    expect(await admin.schedule('s')).toMatchObject({ paused: true, cron: '*/2 * * * *' });
    await clock.advance(600_000);
    expect(ids).toEqual([]);
    await admin.resumeSchedule('s');
    expect((await admin.schedule('s')).nextAt).toEqual(at('12:12:00'));
  });

  it('run one now, beside its slots, as often as they like', async () => {
    const { admin, instance, schedule, clock, ids } = await scheduling();
    await schedule('s');
    await clock.advance(10);
    const first = await admin.runNow('s');
    const second = await admin.runNow('s');
    expect(first).toBe('s:2024-07-01T12:00:00.010Z');
    expect(second).not.toBe(first);
    await clock.advance(0);
    expect(ids).toEqual([first, second]);
    expect(await instance.client.getJob(second)).toMatchObject({
      status: 'successful',
      scheduleId: 's',
      payload: { of: 's' },
    });
    expect((await admin.schedule('s')).nextAt).toEqual(at('12:01:00'));
  });

  it('run one now at the very instant of a slot that has run', async () => {
    const { admin, schedule, clock, ids } = await scheduling();
    await schedule('s');
    await clock.advanceTo(at('12:01:00'));
    expect(ids).toHaveLength(1);
    await admin.runNow('s');
    await clock.advance(0);
    expect(ids).toHaveLength(2);
  });

  it('run a paused one now', async () => {
    const { admin, schedule, clock, ids } = await scheduling();
    await schedule('s');
    await admin.pauseSchedule('s');
    await admin.runNow('s');
    await clock.advance(0);
    expect(ids).toHaveLength(1);
  });

  it('remove one', async () => {
    const { admin, schedule, clock, ids } = await scheduling();
    await schedule('s');
    await admin.removeSchedule('s');
    await clock.advance(600_000);
    expect(ids).toEqual([]);
    expect(await admin.schedules()).toEqual([]);
  });

  it.each(['schedule', 'removeSchedule', 'pauseSchedule', 'resumeSchedule', 'runNow'] as const)(
    'are told by %s when there is none of that id',
    async (method) => {
      const { admin, instance } = await scheduling();
      await instance.client.enqueue('tick', 0, { id: 'job', delay: 1_000 });
      await expect(admin[method]('nobody')).rejects.toThrow(NotFoundError);
      await expect(admin[method]('job')).rejects.toThrow(NotFoundError);
    },
  );

  it('do not find them among jobs: they are in no list and no count', async () => {
    const { admin, schedule } = await scheduling();
    await schedule('s');
    const { queued, scheduled, retrying } = await admin.stats('tasqueue:tasks');
    expect([queued, scheduled, retrying]).toEqual([0, 0, 0]);
    expect((await admin.scheduled('tasqueue:tasks')).items).toEqual([]);
    expect(await admin.clear('tasqueue:tasks')).toBe(0);
    expect(await admin.schedules()).toHaveLength(1);
  });
});
