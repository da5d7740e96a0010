import { describe, expect, it } from 'vitest';
import { InvalidOptionsError, InvalidStateError, NotFoundError } from '../../../lib/core/errors.js';
import type { JobContext } from '../../../lib/core/job-context.js';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

/** Noon; the memory world begins there. */
const at = (time: string) => new Date(`2024-07-01T${time}Z`);

async function scheduling() {
  const runs: { id: string; payload: unknown; at: Date; scheduleId: string | undefined }[] = [];
  const world = memoryWorld();
  const { clock } = world;
  const instance = new Instance(world).task('tick', (payload: unknown, ctx: JobContext) => {
    runs.push({ id: ctx.id, payload, at: new Date(clock.now()), scheduleId: ctx.scheduleId });
    if (payload === 'fail') throw new Error('no');
    return 'done';
  });
  await instance.start();
  return { instance, client: instance.client, runs, clock, ids: () => runs.map(({ id }) => id) };
}

describe('a schedule', () => {
  it('gives rise to one job per slot, named after it', async () => {
    const { client, clock, runs } = await scheduling();
    const handle = await client.enqueue('tick', 'p', { id: 's', schedule: '*/5 * * * *' });
    expect(handle).toMatchObject({ id: 's', duplicate: false });
    await clock.advanceTo(at('12:14:59'));
    expect(runs).toEqual([
      { id: 's:2024-07-01T12:05:00.000Z', payload: 'p', at: at('12:05:00'), scheduleId: 's' },
      { id: 's:2024-07-01T12:10:00.000Z', payload: 'p', at: at('12:10:00'), scheduleId: 's' },
    ]);
    expect(await client.getJob('s:2024-07-01T12:05:00.000Z')).toMatchObject({
      status: 'successful',
      scheduleId: 's',
    });
    expect(await client.getResult('s:2024-07-01T12:05:00.000Z')).toBe('done');
  });

  it('is shown as scheduled, with its next slot', async () => {
    const { client, clock } = await scheduling();
    const handle = await client.enqueue('tick', 'p', { schedule: '*/5 * * * *', priority: 2 });
    const shown = { id: handle.id, task: 'tick', payload: 'p', status: 'scheduled', priority: 2 };
    expect(await handle.get()).toMatchObject({
      ...shown,
      schedule: '*/5 * * * *',
      eta: at('12:05:00'),
    });
    await clock.advanceTo(at('12:05:00'));
    expect(await handle.get()).toMatchObject({ ...shown, eta: at('12:10:00') });
  });

  it('has six fields where it counts seconds', async () => {
    const { client, clock, ids } = await scheduling();
    await client.enqueue('tick', 0, { id: 's', schedule: '*/20 * * * * *' });
    await clock.advance(60_000);
    const slots = ['12:00:20', '12:00:40', '12:01:00'];
    expect(ids()).toEqual(slots.map((slot) => `s:2024-07-01T${slot}.000Z`));
  });

  it('is read in its time zone', async () => {
    const { client, clock, ids } = await scheduling();
    const schedule = { cron: '30 9 * * *', timezone: 'America/New_York' };
    await client.enqueue('tick', 0, { id: 's', schedule });
    await clock.advanceTo(new Date('2024-07-02T12:00:00Z'));
    expect(ids()).toEqual(['s:2024-07-01T13:30:00.000Z']);
  });

  it('goes on after runs that fail for good', async () => {
    const { client, clock, ids } = await scheduling();
    await client.enqueue('tick', 'fail', { id: 's', schedule: '* * * * *' });
    await clock.advance(180_000);
    expect(ids()).toHaveLength(3);
    expect(await client.getJob(ids()[0] ?? '')).toMatchObject({ status: 'failed' });
    expect((await client.getJob('s')).status).toBe('scheduled');
  });

  it('runs the latest of the slots that were missed, once, and then goes on', async () => {
    const { instance, client, clock, ids } = await scheduling();
    await client.enqueue('tick', 0, { id: 's', schedule: '* * * * *' });
    await instance.runner.stop();
    await clock.advanceTo(at('12:07:30'));
    expect(ids()).toEqual([]);
    await instance.runner.start();
    await clock.advance(0);
    expect(ids()).toEqual(['s:2024-07-01T12:07:00.000Z']);
    await clock.advanceTo(at('12:08:00'));
    expect(ids().at(-1)).toBe('s:2024-07-01T12:08:00.000Z');
  });

  it('is replaced by another of its id, which counts as a duplicate', async () => {
    const { client, clock, runs } = await scheduling();
    await client.enqueue('tick', 'old', { id: 's', schedule: '*/5 * * * *' });
    const handle = await client.enqueue('tick', 'new', { id: 's', schedule: '*/7 * * * *' });
    expect(handle).toMatchObject({ id: 's', duplicate: true });
    expect(await handle.get()).toMatchObject({ schedule: '*/7 * * * *', eta: at('12:07:00') });
    await clock.advanceTo(at('12:08:00'));
    expect(runs.map(({ payload, at: ranAt }) => [payload, ranAt])).toEqual([
      ['new', at('12:07:00')],
    ]);
  });

  it('keeps the slot it missed when it is declared again with the same cron', async () => {
    const { instance, client, clock, ids } = await scheduling();
    const declare = async () => client.enqueue('tick', 0, { id: 's', schedule: '* * * * *' });
    await declare();
    await instance.runner.stop();
    await clock.advanceTo(at('12:01:10'));
    await declare();
    await instance.runner.start();
    await clock.advance(0);
    expect(ids()).toEqual(['s:2024-07-01T12:01:00.000Z']);
  });

  it('has runs with the options of the schedule', async () => {
    const { instance, client, clock, runs } = await scheduling();
    await instance.admin.pause('other');
    const options = {
      queue: 'other',
      maxRetries: 3,
      timeout: 50,
      priority: 9,
      expiresAt: at('13:00:00'),
    };
    await client.enqueue('tick', 0, { id: 's', schedule: '* * * * *', ...options });
    await clock.advance(0);
    expect(await client.getJob('s')).toMatchObject(options);
    const runId = await instance.admin.runNow('s');
    expect(await client.getJob(runId)).toMatchObject({ ...options, status: 'queued' });
    expect(runs).toEqual([]);
  });

  it.each([
    ['cancel', async (i: Instance) => i.client.cancel('s')],
    ['removeSchedule', async (i: Instance) => i.admin.removeSchedule('s')],
    ['deleteJob', async (i: Instance) => i.client.deleteJob('s')],
  ])('has no more slots after %s, but runs it gave rise to go on', async (_, end) => {
    const { instance, client, clock, ids } = await scheduling();
    await client.enqueue('tick', 0, { id: 's', schedule: '* * * * *' });
    await instance.admin.pause('tasqueue:tasks');
    const runId = await instance.admin.runNow('s');
    expect(await end(instance)).not.toBe(false);
    await instance.admin.resume('tasqueue:tasks');
    await clock.advance(300_000);
    expect(ids()).toEqual([runId]);
    await expect(client.getJob('s')).rejects.toThrow(NotFoundError);
    const again = await client.enqueue('tick', 0, { id: 's', schedule: '* * * * *' });
    expect(again.duplicate).toBe(false);
  });

  it('has no result to wait for', async () => {
    const { client } = await scheduling();
    const handle = await client.enqueue('tick', 0, { schedule: '* * * * *' });
    await expect(handle.result()).rejects.toThrow(InvalidStateError);
  });

  it.each([
    ['* * * *', 'five or six fields'],
    ['0 0 31 2 *', 'never'],
    ['nonsense every day it is', 'cron'],
    [{ cron: '* * * * *', timezone: 'Mars/Olympus' }, 'time zone'],
  ])('that cannot work is refused: %s', async (schedule, why) => {
    const { client, instance } = await scheduling();
    const refused = client.enqueue('tick', 0, { schedule });
    await expect(refused).rejects.toThrow(InvalidOptionsError);
    await expect(refused).rejects.toThrow(why);
    expect(await instance.admin.schedules()).toEqual([]);
  });

  it('is enqueued by itself, not among many', async () => {
    const { client } = await scheduling();
    const jobs = [job('tick', 1), job('tick', 2, { schedule: '* * * * *' })];
    await expect(client.enqueueMany(jobs)).rejects.toThrow(InvalidOptionsError);
  });
});
