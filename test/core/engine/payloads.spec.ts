import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  EncodingError,
  PayloadTooLargeError,
  PayloadValidationError,
} from '../../../lib/core/errors.js';
import { defineTask } from '../../../lib/core/spec/define-task.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

async function echoing(options = {}) {
  const seen: unknown[] = [];
  const instance = new Instance(memoryWorld(), options).task('echo', (payload: unknown) => {
    seen.push(payload);
  });
  await instance.start();
  return { instance, seen, clock: instance.world.clock };
}

const circle: Record<string, unknown> = {};
circle['self'] = circle;

describe('a payload', () => {
  it.each([
    ['undefined', undefined, undefined],
    ['null', null, null],
    ['a date, as JSON has it', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['what toJSON gives', { toJSON: (): string => 'told' }, 'told'],
    ['bytes', Buffer.from([1, 2]), Uint8Array.of(1, 2)],
    ['an ArrayBuffer', Uint8Array.of(3).buffer, Uint8Array.of(3)],
    ['a text', 'text', 'text'],
  ])('reaches the handler: %s', async (_, payload, arrived) => {
    const { instance, seen } = await echoing();
    const handle = await instance.client.enqueue('echo', payload);
    await handle.result();
    expect(seen).toEqual([arrived]);
    expect((await handle.get()).payload).toEqual(arrived);
  });

  it.each([
    ['a BigInt', 1n],
    ['a circle', circle],
    ['a function', { f: () => 1 }],
    ['a symbol', { s: Symbol('s') }],
  ])('is refused in the call that enqueues it: %s', async (_, payload) => {
    const { instance, seen, clock } = await echoing();
    const { client, admin } = instance;
    await expect(client.enqueue('echo', payload)).rejects.toThrow(EncodingError);
    const jobs = [job('echo', 1), job('echo', payload)];
    await expect(client.enqueueMany(jobs)).rejects.toThrow(EncodingError);
    await expect(client.enqueueGroup(group(jobs))).rejects.toThrow(EncodingError);
    await clock.advance(1_000);
    expect(seen).toEqual([]);
    expect((await admin.stats('tasqueue:tasks')).successful).toBe(0);
  });

  it('is counted in bytes against maxPayloadBytes', async () => {
    const { instance } = await echoing({ maxPayloadBytes: 8 });
    const { client } = instance;
    await client.enqueue('echo', 'abcdef');
    await client.enqueue('echo', Buffer.alloc(8));
    // Three characters, nine bytes, and the quotes.
    await expect(client.enqueue('echo', '€€€')).rejects.toThrow(PayloadTooLargeError);
    await expect(client.enqueue('echo', Buffer.alloc(9))).rejects.toThrow(/9 bytes/);
    const follow = job('echo', 1, { onSuccess: [job('echo', 'far too long')] });
    await expect(client.enqueue(follow)).rejects.toThrow(PayloadTooLargeError);
  });

  it('is checked by its schema at enqueue; the input is stored, the handler gets the output', async () => {
    const Size = defineTask('size', { payload: z.object({ n: z.string().transform(Number) }) });
    const seen: unknown[] = [];
    const instance = new Instance(memoryWorld()).task('size', (p) => void seen.push(p), {
      payload: Size.payload,
    });
    await instance.start();
    const handle = await instance.client.enqueue(Size, { n: '12' });
    await handle.result();
    expect(seen).toEqual([{ n: 12 }]);
    expect((await handle.get()).payload).toEqual({ n: '12' });
    const wrong = instance.client.enqueue('size', { n: 12 });
    await expect(wrong).rejects.toThrow(PayloadValidationError);
    await expect(wrong).rejects.toMatchObject({ issues: [{ path: 'n' }] });
  });

  it('that fits no schema at the worker fails the job, unretried', async () => {
    const world = memoryWorld();
    const worker = new Instance(world).task('mail', () => 1, {
      payload: z.object({ to: z.email() }),
      maxRetries: 5,
    });
    const producer = new Instance(world, { role: 'producer' });
    await producer.connect();
    await worker.start();
    const handle = await producer.client.enqueue('mail', { to: 'nobody' });
    await expect(handle.result()).rejects.toThrow(/payload.*to: /);
    expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 1, retried: 0 });
  });
});
