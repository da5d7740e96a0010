import { describe, expect, it } from 'vitest';
import { defineTask } from '../../../lib/core/spec/define-task.js';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

const policy = (maxRetries: number) => ({ maxRetries, timeout: maxRetries, backoff: maxRetries });
const Defined = defineTask('work', policy(3));

/** Says what the worker made of the policy. */
async function decided(settings: {
  readonly defaults?: object;
  readonly task?: object;
  readonly defined?: boolean;
  readonly job?: object;
}) {
  const world = memoryWorld();
  const worker = new Instance(world, { defaults: settings.defaults }).task(
    'work',
    (_: never, ctx) => {
      throw new Error(`${ctx.maxRetries} ${ctx.timeout}`);
    },
    settings.task,
  );
  const producer = await new Instance(world, { role: 'producer' }).connect();
  await worker.start();
  const spec = job(settings.defined ? Defined : 'work', undefined, settings.job);
  const handle = await producer.client.enqueue(spec);
  await world.clock.advance(0);
  const shown = await worker.client.getJob(handle.id);
  const told = shown.prevError;
  const waitMs = shown.eta ? shown.eta.getTime() - world.clock.now() : undefined;
  return { told, maxRetries: shown.maxRetries, timeout: shown.timeout, waitMs };
}

const by = (n: number) => ({ told: `${n} ${n}`, maxRetries: n, timeout: n, waitMs: n });

describe('the policy of a job', () => {
  it.each([
    ['the job', { defaults: policy(1), task: policy(2), defined: true, job: policy(4) }, by(4)],
    ['the handler', { defaults: policy(1), task: policy(2), defined: true }, by(2)],
    ['the definition', { defaults: policy(1), defined: true }, by(3)],
    ['the defaults', { defaults: policy(1) }, by(1)],
    ['nobody', {}, { told: '0 undefined', maxRetries: 0, timeout: undefined, waitMs: undefined }],
  ])('is that of %s', async (_, settings, expected) => {
    expect(await decided(settings)).toEqual(expected);
  });

  it('is put together piece by piece', async () => {
    const settings = {
      defaults: { timeout: 9 },
      task: { backoff: 8 },
      defined: true,
      job: { maxRetries: 7 },
    };
    // The timeout of the definition comes before that of the defaults.
    expect(await decided(settings)).toEqual({
      told: '7 3',
      maxRetries: 7,
      timeout: 3,
      waitMs: 8,
    });
  });

  it('of a job says 0 where 0 was meant', async () => {
    const shown = await decided({ task: policy(2), job: { maxRetries: 0 } });
    expect(shown).toMatchObject({ maxRetries: 0, waitMs: undefined });
  });
});
