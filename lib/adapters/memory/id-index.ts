import { randomBytes } from 'node:crypto';

/** What can be found by its id. */
export interface Identified {
  readonly id: string;
}

const SMALLEST = 64;
/**
 * Of the slots, this share at most is in use (a fuller table costs more by its longer searches than
 * it saves); and at least a sixth of that, or the table shrinks.
 */
const FULLEST = 1 / 2;
const EMPTIEST = FULLEST / 6;

/** Nobody outside can know which ids collide. */
const SEED = randomBytes(4).readInt32LE();

/**
 * Entries by id: a hash table with linear probing. A `Map` of a million strings has to visit the
 * strings to compare them, each somewhere else in memory; here the hashes lie side by side, and
 * growing visits nothing but them.
 */
export class IdIndex<Entry extends Identified> {
  /** 0 marks a free slot. */
  #hashes = new Int32Array(SMALLEST);
  #entries = freeSlots<Entry>(SMALLEST);
  #size = 0;

  get(id: string): Entry | undefined {
    return this.#entries[this.#slot(id, hashOf(id))];
  }

  /** Takes the place of an entry of the same id. */
  set(entry: Entry): void {
    const hash = hashOf(entry.id);
    const slot = this.#slot(entry.id, hash);
    if (this.#hashes[slot] === 0) this.#size += 1;
    this.#hashes[slot] = hash;
    this.#entries[slot] = entry;
    if (this.#size > this.#hashes.length * FULLEST) this.#resize(this.#hashes.length * 2);
  }

  delete(id: string): void {
    const slot = this.#slot(id, hashOf(id));
    if (this.#entries[slot] === undefined) return;
    this.#clear(slot);
    this.#size -= 1;
    const slots = this.#hashes.length;
    if (slots > SMALLEST && this.#size < slots * EMPTIEST) this.#resize(slots / 2);
  }

  /** Where the id is, or would be put. */
  #slot(id: string, hash: number): number {
    const hashes = this.#hashes;
    const mask = hashes.length - 1;
    let slot = hash & mask;
    while (hashes[slot] !== 0) {
      if (hashes[slot] === hash && this.#entries[slot]?.id === id) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Closes the gap with what was put further on because of it, so that every search still arrives. */
  #clear(slot: number): void {
    const mask = this.#hashes.length - 1;
    let gap = slot;
    let next = (gap + 1) & mask;
    for (let hash = this.#hashes[next] ?? 0; hash !== 0; hash = this.#hashes[next] ?? 0) {
      const fromHome = (next - hash) & mask;
      if (fromHome >= ((next - gap) & mask)) {
        this.#hashes[gap] = hash;
        this.#entries[gap] = this.#entries[next];
        gap = next;
      }
      next = (next + 1) & mask;
    }
    this.#hashes[gap] = 0;
    this.#entries[gap] = undefined;
  }

  #resize(slots: number): void {
    const hashes = this.#hashes;
    const entries = this.#entries;
    this.#hashes = new Int32Array(slots);
    this.#entries = freeSlots(slots);
    for (let from = 0; from < hashes.length; from += 1) {
      const hash = hashes[from] ?? 0;
      if (hash === 0) continue;
      let slot = hash & (slots - 1);
      while (this.#hashes[slot] !== 0) slot = (slot + 1) & (slots - 1);
      this.#hashes[slot] = hash;
      this.#entries[slot] = entries[from];
    }
  }
}

function freeSlots<Entry>(count: number): (Entry | undefined)[] {
  // oxlint-disable-next-line unicorn/no-new-array -- a length; `Array.from` is far slower
  return new Array<Entry | undefined>(count).fill(undefined);
}

/** FNV-1a with the last steps of MurmurHash3, which spread it over all bits; never 0. */
function hashOf(id: string): number {
  let hash = SEED;
  for (let index = 0; index < id.length; index += 1)
    // oxlint-disable-next-line unicorn/prefer-code-point -- every unit counts, and only once
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash === 0 ? 1 : hash;
}
