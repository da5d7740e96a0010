import { randomBytes } from 'node:crypto';

const REVISION_BYTES = 5;
const REVISIONS = 2 ** (8 * REVISION_BYTES);
/**
 * Revisions are made by the client, so that a record travels and lies as it was laid out. All records of
 * one call share one; none of them is written twice in it. They begin anywhere and count on: that a
 * record gets the very revision that it had before is less likely than one in 10^12.
 */
export class Revisions {
  #last: number;

  /** `after`: where to begin. */
  constructor(after = randomBytes(REVISION_BYTES).readUIntBE(0, REVISION_BYTES)) {
    this.#last = after;
  }

  /** 1 to 2^40 - 1. */
  next(): number {
    this.#last = (this.#last % (REVISIONS - 1)) + 1;
    return this.#last;
  }
}

/** As Lua has it. */
export function revisionBytes(revision: number): Buffer {
  const bytes = Buffer.allocUnsafe(REVISION_BYTES);
  bytes.writeUIntBE(revision, 0, REVISION_BYTES);
  return bytes;
}
