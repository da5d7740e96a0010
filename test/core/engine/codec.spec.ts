import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import type { Codec } from '../../../lib/core/codec.js';
import { EncodingError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';
import { scripted } from '../../support/engine/scripted.js';

/** Keeps what JSON loses: maps, big integers, dates. */
const v8Codec: Codec = {
  encode: (value) => serialize(value),
  decode: (bytes): unknown => deserialize(bytes),
};

const rich = { big: 10n, at: new Date(5), map: new Map([['a', 1]]) };

describe('a codec of the user', () => {
  it('carries payloads, results, progress and what steps hand on', async () => {
    const instance = await scripted({ codec: v8Codec });
    const { client, held } = instance;
    const handle = await client.enqueue('hold', rich);
    const { ctx, payload, finish } = await held.run(1);
    expect(payload).toEqual(rich);
    await ctx.progress(rich);
    finish(rich);
    expect(await handle.result()).toEqual(rich);
    expect(await handle.get()).toMatchObject({ payload: rich, lastProgress: rich });
    await (await client.enqueueChain(chain([job('give', rich), job('note', 'last')]))).result();
    expect(instance.notes).toEqual([['last', rich]]);
  });

  it('is not asked about undefined and bytes', async () => {
    const asked: unknown[] = [];
    const codec: Codec = {
      ...v8Codec,
      encode(value) {
        asked.push(value);
        return v8Codec.encode(value);
      },
    };
    const { client } = await scripted({ codec });
    expect(await (await client.enqueue('give', undefined)).result()).toBeUndefined();
    const bytes = Uint8Array.of(1, 2);
    expect(await (await client.enqueue('give', bytes)).result()).toEqual(bytes);
    expect(await (await client.enqueue('give', null)).result()).toBeNull();
    expect(asked).toEqual([null, null]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('cannot');
      },
    ],
    ['gives no bytes', () => 'text'],
    ['gives a promise', async () => Uint8Array.of(1)],
  ])('that %s is refused with an EncodingError at enqueue', async (_, encode) => {
    const codec = wrong({ encode, decode: () => 1 });
    const { client } = await scripted({ codec });
    await expect(client.enqueue('give', 1)).rejects.toThrow(EncodingError);
  });

  it('that cannot read a payload fails its job, and what it cannot read is shown as bytes', async () => {
    const codec: Codec = {
      encode: () => Uint8Array.of(7),
      decode() {
        throw new Error('lost the key');
      },
    };
    const { client } = await scripted({ codec });
    const handle = await client.enqueue('give', 'secret');
    await expect(handle.result()).rejects.toThrow('lost the key');
    expect((await handle.get()).payload).toBeInstanceOf(Uint8Array);
  });
});
