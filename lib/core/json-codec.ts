import { isUtf8 } from 'node:buffer';
import type { Codec } from './codec.js';
import { EncodingError } from './errors.js';
import { isPlain } from './json/plain.js';
import { toPlain } from './json/survey.js';

const REPLACEMENT = '\uFFFD';

/**
 * JSON as HTTP does it: `toJSON` counts, undefined members are left out. What would be lost beyond that
 * (BigInt, functions, symbols, Map, Set, promises, bytes inside an object, circular values) is refused
 * with an EncodingError that names its path.
 */
export const jsonCodec = Object.freeze({
  encode(value: unknown, what?: string): Uint8Array {
    return Buffer.from(jsonCodec.encodeText(value, what));
  },

  encodeText(value: unknown, what = 'value'): string {
    return isPlain(value) ? JSON.stringify(value) : stringify(value, what);
  },

  decode(bytes: Uint8Array): unknown {
    const text = asBuffer(bytes).toString();
    // The mark stands for whatever is no UTF-8, and in few texts for itself: those are looked at twice.
    if (text.includes(REPLACEMENT) && !isUtf8(bytes))
      throw new EncodingError('these bytes are no JSON: they are no UTF-8 text');
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new EncodingError('these bytes are no JSON', { cause: error });
    }
  },
}) satisfies Codec;

function stringify(value: unknown, what: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(toPlain(value, what));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EncodingError(`${what}: it is nested too deeply, or too large, for JSON`, {
      cause: error,
    });
  }
  if (text === undefined)
    throw new EncodingError(`${what}: its toJSON() gives undefined, so nothing is left to send`);
  return text;
}

/** The same bytes, not a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
