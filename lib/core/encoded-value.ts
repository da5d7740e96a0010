import { isAnyArrayBuffer } from 'node:util/types';
import type { Codec } from './codec.js';
import { EncodingError } from './errors.js';
import { lasting } from './slab.js';

/** The first byte of an encoded value says what follows it. */
const UNDEFINED = 0;
const CODEC = 1;
const RAW = 2;

const ENCODED_UNDEFINED = Uint8Array.of(UNDEFINED);

/** UTF-8 has so many bytes at most for a character of a string. */
const MOST_PER_CHARACTER = 3;
/** For longer texts the bytes are counted: a third of them unused would be too much. */
const LONGEST_ESTIMATED = 512;

/**
 * A value on its way into a message: laid out, or as the text of a codec, which is laid out where the
 * message is.
 */
export type EncodedValue = Uint8Array | string;

/**
 * A value as it is stored and sent. `undefined` and bytes bypass the codec, so that `undefined`,
 * `null` and bytes stay three things. Throws EncodingError. Do not write into what it returns.
 */
export function encodeValue(codec: Codec, value: unknown, what = 'payload'): Uint8Array {
  const encoded = encodeForMessage(codec, value, what);
  return typeof encoded === 'string' ? laidOut(encoded) : encoded;
}

/** The same, for what is written into a message at once. */
export function encodeForMessage(codec: Codec, value: unknown, what = 'payload'): EncodedValue {
  if (value === undefined) return ENCODED_UNDEFINED;
  const raw = bytesOf(value);
  return raw ? encodeBytes(raw) : encodeWith(codec, value, what);
}

/** Bytes as a value; no codec has a say in them. */
export function encodeBytes(bytes: Uint8Array): Uint8Array {
  return tagged(RAW, bytes);
}

/** How much room the value needs at most; for short texts an estimate. */
export function mostBytes(value: EncodedValue): number {
  return typeof value === 'string' ? 1 + mostBytesOfText(value) : value.length;
}

export function exactBytes(value: EncodedValue): number {
  return typeof value === 'string' ? 1 + Buffer.byteLength(value) : value.length;
}

export function mostBytesOfText(text: string): number {
  return text.length > LONGEST_ESTIMATED
    ? Buffer.byteLength(text)
    : text.length * MOST_PER_CHARACTER;
}

/** Gives where it ends. */
export function writeValue(buffer: Buffer, value: EncodedValue, at: number): number {
  if (typeof value === 'string') {
    buffer[at] = CODEC;
    return at + 1 + buffer.write(value, at + 1);
  }
  buffer.set(value, at);
  return at + value.length;
}

/** Any kind of bytes comes back as a plain Uint8Array of its own. Throws EncodingError. */
export function decodeValue(codec: Codec, bytes: Uint8Array): unknown {
  const content = bytes.subarray(1);
  switch (bytes[0]) {
    case UNDEFINED:
      return undefined;
    case CODEC:
      return decodeWith(codec, content);
    case RAW:
      return new Uint8Array(content);
    default:
      throw new EncodingError(
        `an encoded value begins with 0, 1 or 2, not with ${bytes[0] ?? 'nothing'}: it was not written by Tasqueue`,
      );
  }
}

/** What cannot be decoded is given as the bytes that it is. */
export function decodeOrRaw(codec: Codec, bytes: Uint8Array): unknown {
  try {
    return decodeValue(codec, bytes);
  } catch {
    return new Uint8Array(bytes);
  }
}

function laidOut(text: string): Uint8Array {
  lasting.reserve(mostBytes(text));
  return lasting.cut(writeValue(lasting.buffer, text, lasting.start));
}

function tagged(tag: number, content: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(content.length + 1);
  bytes[0] = tag;
  bytes.set(content, 1);
  return bytes;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'object') return undefined;
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return isAnyArrayBuffer(value) ? new Uint8Array(value) : undefined;
}

function encodeWith(codec: Codec, value: unknown, what: string): EncodedValue {
  let bytes: unknown;
  try {
    if (codec.encodeText) return codec.encodeText(value, what);
    bytes = codec.encode(value, what);
  } catch (error) {
    throw asEncodingError(error, `the codec cannot encode this ${what}`);
  }
  if (bytes instanceof Uint8Array) return tagged(CODEC, bytes);
  throw new EncodingError(
    `the codec gave no bytes for this ${what}: its encode() has to return a Uint8Array, not a promise of one`,
  );
}

function decodeWith(codec: Codec, bytes: Uint8Array): unknown {
  try {
    return codec.decode(bytes);
  } catch (error) {
    throw asEncodingError(error, 'the codec cannot decode these bytes');
  }
}

function asEncodingError(error: unknown, message: string): EncodingError {
  if (error instanceof EncodingError) return error;
  const reason = error instanceof Error ? `: ${error.message}` : '';
  return new EncodingError(message + reason, { cause: error });
}
