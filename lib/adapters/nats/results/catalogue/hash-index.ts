import type { Rows } from './rows.js';
import type { SubjectHash } from './subject-hash.js';

const FIRST_SIZE = 2_048;

/** Finds the row of a subject: open addressing over row numbers, 8 bytes a row. Rows are never taken out. */
export class HashIndex {
  /** Row numbers plus one; 0: nothing there. The size is a power of two. */
  #slots = new Uint32Array(FIRST_SIZE);
  #used = 0;

  constructor(private readonly rows: Rows) {}

  find(hash: SubjectHash): number | undefined {
    const slot = this.#slots[this.#slotOf(hash)] ?? 0;
    return slot === 0 ? undefined : slot - 1;
  }

  /** From now on this is the row of its subject. */
  set(hash: SubjectHash, row: number): void {
    if (2 * this.#used >= this.#slots.length) this.#grow();
    const at = this.#slotOf(hash);
    if (this.#slots[at] === 0) this.#used += 1;
    this.#slots[at] = row + 1;
  }

  #slotOf(hash: SubjectHash): number {
    const mask = this.#slots.length - 1;
    let at = hash.a & mask;
    for (;;) {
      const slot = this.#slots[at] ?? 0;
      if (slot === 0 || this.rows.hasHash(slot - 1, hash)) return at;
      at = (at + 1) & mask;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    for (const slot of old)
      if (slot > 0) this.#slots[this.#slotOf(this.rows.hashOf(slot - 1))] = slot;
  }
}
