import { describe, expect, it, vi } from 'vitest';
import type { Codec } from '../../lib/core/codec.js';
import { decodeValue, encodeValue } from '../../lib/core/encoded-value.js';
import { EncodingError } from '../../lib/core/errors.js';
import { jsonCodec } from '../../lib/core/json-codec.js';
import { wrong } from '../support/wrong.js';

const roundTrip = (value: unknown) => decodeValue(jsonCodec, encodeValue(jsonCodec, value));
const copyOf = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;
const codecWith = (parts: Partial<Codec>): Codec => {
  const { encode, decode } = jsonCodec;
  return { encode, decode, ...parts };
};

describe('encodeValue and decodeValue', () => {
  it('keep undefined, null, text and objects apart', () => {
    for (const value of [undefined, null, '', 'undefined', 0, false, {}, [null]])
      expect(roundTrip(value)).toEqual(value);
  });

  it('spend nothing on undefined', () => {
    expect(encodeValue(jsonCodec, undefined)).toBe(encodeValue(jsonCodec, undefined));
    expect(encodeValue(jsonCodec, undefined)).toHaveLength(1);
  });

  const bytes = Uint8Array.of(1, 2, 3, 4);

  it.each<[string, unknown]>([
    ['a Uint8Array', bytes],
    ['a part of one', Uint8Array.of(0, 1, 2, 3, 4, 0).subarray(1, 5)],
    ['a Buffer', Buffer.from(bytes)],
    ['an ArrayBuffer', copyOf(bytes)],
    ['a view of words', new Uint16Array(copyOf(bytes))],
    ['a DataView', new DataView(copyOf(bytes))],
    ['a part of a buffer', new DataView(copyOf(Uint8Array.of(0, 1, 2, 3, 4, 0)), 1, 4)],
  ])('give back %s as a plain Uint8Array of its own', (_what, value) => {
    const back = roundTrip(value);

    expect(back).toEqual(bytes);
    expect(Object.getPrototypeOf(back)).toBe(Uint8Array.prototype);
  });

  it('copy bytes both ways', () => {
    const given = Uint8Array.of(1, 2, 3);
    const encoded = encodeValue(jsonCodec, given);
    given[0] = 9;
    const decoded = decodeValue(jsonCodec, encoded);
    encoded[1] = 9;

    expect(decoded).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('never show undefined or bytes to the codec', () => {
    const encode = vi.fn<Codec['encode']>();
    encodeValue(codecWith({ encode }), undefined);
    encodeValue(codecWith({ encode }), bytes);

    expect(encode).not.toHaveBeenCalled();
  });

  it.each([1, 170, 171, 512, 513, 5_000, 100_000])(
    'give back a text of %i characters, whatever their bytes',
    (length) => {
      for (const character of ['a', 'ü', '€', '\uD83D\uDE80', '\uFFFD', '\uD83D'])
        expect(roundTrip(character.repeat(length))).toBe(character.repeat(length));
    },
  );

  it('give back texts of wide characters wherever in memory they come to lie', () => {
    const text = '€'.repeat(170);
    const texts = Array.from({ length: 500 }, () => roundTrip(text));

    expect(new Set(texts)).toEqual(new Set([text]));
  });

  it('spare a codec that writes text its own bytes', () => {
    const codec = codecWith({
      encodeText: (value) => JSON.stringify(value),
      encode: wrong(undefined),
    });

    expect(decodeValue(codec, encodeValue(codec, 'Grüße'))).toBe('Grüße');
  });

  it('tell the codec what the value is, for its messages', () => {
    expect(() => encodeValue(jsonCodec, { a: 1n }, 'result')).toThrow('result.a: a BigInt');
  });

  it("wrap what a user's codec throws", () => {
    const cause = new TypeError('no schema');
    const codec = codecWith({
      encode() {
        throw cause;
      },
      decode() {
        throw cause;
      },
    });

    expect(() => encodeValue(codec, 1, 'result')).toThrow(
      expect.objectContaining({ message: 'the codec cannot encode this result: no schema', cause }),
    );
    expect(() => decodeValue(codec, encodeValue(jsonCodec, 1))).toThrow(EncodingError);
    expect(() => decodeValue(codec, encodeValue(jsonCodec, 1))).toThrow(
      expect.objectContaining({ cause }),
    );
  });

  it.each([undefined, 'text', [1, 2], Promise.resolve(bytes)])(
    'refuse a codec that gives %o for bytes',
    (given) => {
      const codec = codecWith({ encode: () => wrong(given) });

      expect(() => encodeValue(codec, 1)).toThrow(EncodingError);
    },
  );

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['an unknown tag', Buffer.from([7, 1])],
    ['broken content', Buffer.from([1, 0x7b])],
  ])('refuse to decode %s', (_what, encoded) => {
    expect(() => decodeValue(jsonCodec, encoded)).toThrow(EncodingError);
  });
});
