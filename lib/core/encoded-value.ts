import { isAnyArrayBuffer } from 'node:util/types';
import type { Codec } from './codec.js';
import { EncodingError } from './errors.js';

/** The first byte of an encoded value says what follows it. */
const UNDEFINED = 0;
const CODEC = 1;
const RAW = 2;

const ENCODED_UNDEFINED = Uint8Array.of(UNDEFINED);

/**
 * A value as it is stored and sent. `undefined` and bytes bypass the codec, so that `undefined`,
 * `null` and bytes stay three things. Throws EncodingError. Do not write into what it returns.
 */
export function encodeValue(codec: Codec, value: unknown, what = 'payload'): Uint8Array {
  if (value === undefined) return ENCODED_UNDEFINED;
  const raw = bytesOf(value);
  return raw ? encodeBytes(raw) : tagged(CODEC, encodeWith(codec, value, what));
}

/** Bytes as a value; no codec has a say in them. */
export function encodeBytes(bytes: Uint8Array): Uint8Array {
  return tagged(RAW, bytes);
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

function encodeWith(codec: Codec, value: unknown, what: string): Uint8Array {
  let bytes: unknown;
  try {
    bytes = codec.encode(value, what);
  } catch (error) {
    throw asEncodingError(error, `the codec cannot encode this ${what}`);
  }
  if (bytes instanceof Uint8Array) return bytes;
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
