import type { EncodedValue } from '../encoded-value.js';
import { EncodingError } from '../errors.js';
import { broken } from './frame.js';

/** Callbacks of callbacks of callbacks …: each level makes ids longer and takes a part of the stack. */
const MOST_LEVELS = 32;

/** Counts how deep one walk through a header is. */
class Walk {
  #levels = 0;

  /** A level down, or EncodingError. */
  deeper<T>(go: () => T): T {
    if (this.#levels >= MOST_LEVELS)
      throw new EncodingError(
        `callbacks within callbacks are more than ${MOST_LEVELS} levels deep: make them a chain`,
      );
    this.#levels += 1;
    const gone = go();
    this.#levels -= 1;
    return gone;
  }
}

/** Collects the bytes of a header while it is written: JSON holds their index instead. */
export class AttachmentWriter extends Walk {
  readonly parts: EncodedValue[] = [];

  add(value: EncodedValue): number {
    return this.parts.push(value) - 1;
  }
}

/** Gives back the bytes behind an index that a header holds. */
export class AttachmentReader extends Walk {
  constructor(private readonly parts: readonly Uint8Array[]) {
    super();
  }

  at(index: unknown): Uint8Array {
    const part = typeof index === 'number' ? this.parts[index] : undefined;
    if (part === undefined) throw broken('an attachment is missing');
    return part;
  }
}
