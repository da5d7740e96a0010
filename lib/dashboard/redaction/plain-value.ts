import type { HiddenKeys } from './hidden-keys.js';
import { REDACTED, redactedText } from './hidden-text.js';

/** Deeper than this, nobody reads. */
const DEEPEST = 100;
const TOO_DEEP = '[deeper than is shown]';
const CIRCULAR = '[circular]';

/** A value as JSON can carry it, without what is hidden. */
export interface PlainValue {
  readonly value: unknown;
  /** Where something was hidden: `card.number`, `lines.0.token`. */
  readonly redacted: readonly string[];
}

export function plainValue(value: unknown, hidden: HiddenKeys): PlainValue {
  const walk = new Walk(hidden);
  return { value: walk.plain(value), redacted: walk.redacted };
}

/** One way through one value. */
class Walk {
  readonly redacted: string[] = [];
  readonly #above = new Set<object>();
  /** With places in arrays, as it is told. */
  readonly #path: string[] = [];
  /** Without them, as it is compared. */
  readonly #keys: string[] = [];

  constructor(private readonly hidden: HiddenKeys) {}

  plain(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
        return redactedText(value, (name) => this.hidden.hasKey(name));
      case 'bigint':
        return `${value}n`;
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'object':
        return value === null ? null : this.#object(value);
      case 'boolean':
        return value;
      default:
        return undefined;
    }
  }

  #object(value: object): unknown {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
    if (this.#above.has(value)) return CIRCULAR;
    if (this.#above.size >= DEEPEST) return TOO_DEEP;
    this.#above.add(value);
    const plain = this.#entries(value);
    this.#above.delete(value);
    return plain;
  }

  #entries(value: object): unknown {
    if (value instanceof Set) return this.#entries([...value]);
    if (Array.isArray(value))
      return value.map((item, index) => this.#within(String(index), () => this.plain(item)));
    // No prototype: a key may be `__proto__`.
    const fields: Record<string, unknown> = { __proto__: null };
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    for (const [name, item] of entries) {
      const key = String(name);
      this.#keys.push(key);
      fields[key] = this.#within(key, () => this.#field(item));
      this.#keys.pop();
    }
    return fields;
  }

  #field(value: unknown): unknown {
    if (value === undefined || !this.hidden.has(this.#keys)) return this.plain(value);
    this.redacted.push(this.#path.join('.'));
    return REDACTED;
  }

  #within<T>(part: string, act: () => T): T {
    this.#path.push(part);
    const made = act();
    this.#path.pop();
    return made;
  }
}
