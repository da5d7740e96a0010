import { precedes, type Position } from './position.js';

/** Items moved at most when one is put in, or taken out, elsewhere than at an end. */
const CHUNK_LENGTH = 256;

/**
 * Items in the order of their positions, in chunks. Made for what comes in at the end and leaves in
 * front, both in constant time; anything else costs a binary search and moving one chunk's pointers.
 * While an item is in a log, its position must not change.
 */
export class OrderedLog<Item extends Position> {
  /** None is empty. */
  readonly #chunks: Item[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get oldest(): Item | undefined {
    return this.#chunks[0]?.[0];
  }

  add(item: Item): void {
    const last = this.#chunks.at(-1);
    const newest = last?.at(-1);
    this.#size += 1;
    if (last === undefined || newest === undefined) this.#chunks.push([item]);
    else if (precedes(item, newest)) this.#insert(item);
    else if (last.length < CHUNK_LENGTH) last.push(item);
    else this.#chunks.push([item]);
  }

  /** False when the item is not in this log. */
  remove(item: Item): boolean {
    const at = item === this.oldest ? 0 : this.#chunkOf(item);
    const chunk = this.#chunks[at] ?? [];
    const index = item === chunk[0] ? 0 : firstFrom(chunk, item);
    if (chunk[index] !== item) return false;
    if (index === 0) chunk.shift();
    else chunk.splice(index, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
    this.#size -= 1;
    return true;
  }

  /** From the newest to the oldest; only what stands before `below`, where that is given. */
  *newestFirst(below?: Position): Generator<Item, void, undefined> {
    let at = below === undefined ? this.#chunks.length : this.#chunkOf(below);
    let end = below === undefined ? 0 : firstFrom(this.#chunks[at] ?? [], below);
    for (; at >= 0; at -= 1, end = CHUNK_LENGTH) {
      const chunk = this.#chunks[at] ?? [];
      for (let index = Math.min(end, chunk.length) - 1; index >= 0; index -= 1) {
        const item = chunk[index];
        if (item !== undefined) yield item;
      }
    }
  }

  #insert(item: Item): void {
    const at = this.#chunkOf(item);
    const chunk = this.#chunks[at] ?? [];
    chunk.splice(firstFrom(chunk, item), 0, item);
    if (chunk.length > CHUNK_LENGTH) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK_LENGTH / 2));
  }

  /** Index of the first chunk that does not lie wholly before `position`. */
  #chunkOf(position: Position): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const last = this.#chunks[middle]?.at(-1);
      if (last !== undefined && precedes(last, position)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Index of the first item that does not stand before `position`. */
function firstFrom(items: readonly Position[], position: Position): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && precedes(item, position)) low = middle + 1;
    else high = middle;
  }
  return low;
}
