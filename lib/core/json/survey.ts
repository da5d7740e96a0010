import { types } from 'node:util';
import { EncodingError } from '../errors.js';
import { jsonLoss } from './loss.js';

/**
 * The value as JSON sees it, with every `toJSON` called. Throws EncodingError, naming the path of what
 * would not survive; RangeError when it is nested too deeply.
 */
export function toPlain(value: unknown, what: string): unknown {
  return new Survey().member('', value, what);
}

/** One careful walk through a value. */
class Survey {
  readonly #ancestors = new Set<object>();

  member(key: string, given: unknown, path: string): unknown {
    const value = unboxed(resolved(key, given, path));
    const loss = jsonLoss(value);
    if (loss !== undefined) throw new EncodingError(`${path}: ${loss}`);
    return typeof value === 'object' && value !== null ? this.#members(value, path) : value;
  }

  #members(value: object, path: string): unknown {
    if (this.#ancestors.has(value))
      throw new EncodingError(`${path}: it is circular, JSON would never end`);
    this.#ancestors.add(value);
    const plain = Array.isArray(value) ? this.#items(value, path) : this.#entries(value, path);
    this.#ancestors.delete(value);
    return plain;
  }

  #items(value: readonly unknown[], path: string): unknown[] {
    return Array.from(value, (item, index) =>
      this.member(String(index), item, `${path}[${index}]`),
    );
  }

  #entries(value: object, path: string): Record<string, unknown> {
    // Without a prototype, so that `__proto__` is a key like any other.
    const plain: Record<string, unknown> = { __proto__: null };
    for (const key of Object.keys(value)) {
      const at = IDENTIFIER.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
      plain[key] = this.member(key, property(value, key, at), at);
    }
    return plain;
  }
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** What `toJSON` makes of it, where it has one. */
function resolved(key: string, value: unknown, path: string): unknown {
  if (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'bigint')
    return value;
  if (value === null) return value;
  const toJSON = property(value, 'toJSON', path);
  if (typeof toJSON !== 'function') return value;
  return told(path, 'its toJSON() throws', () => toJSON.call(value, key) as unknown);
}

function property(value: object | bigint, key: string, path: string): unknown {
  return told(path, 'reading it throws', () => Reflect.get(new Object(value), key) as unknown);
}

function unboxed(value: unknown): unknown {
  return types.isBoxedPrimitive(value) ? value.valueOf() : value;
}

/** It may strike anywhere, and says nothing of the place where it did. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}

/** Says where the user's own code threw. */
function told<T>(path: string, what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isStackOverflow(error)) throw error;
    throw new EncodingError(`${path}: ${what}`, { cause: error });
  }
}
