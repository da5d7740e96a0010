import type { EncodedValue } from '../encoded-value.js';
import { broken } from './frame.js';

/** Collects the bytes of a header while it is written: JSON holds their index instead. */
export class AttachmentWriter {
  readonly parts: EncodedValue[] = [];

  add(value: EncodedValue): number {
    return this.parts.push(value) - 1;
  }
}

/** Gives back the bytes behind an index that a header holds. */
export class AttachmentReader {
  constructor(private readonly parts: readonly Uint8Array[]) {}

  at(index: unknown): Uint8Array {
    const part = typeof index === 'number' ? this.parts[index] : undefined;
    if (part === undefined) throw broken('an attachment is missing');
    return part;
  }
}
