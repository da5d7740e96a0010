/** Entries per chunk: moving half of them costs less than looking into one more chunk. */
const CHUNK = 512;

/**
 * Items kept in the order of their keys, in chunks of bounded size. Adding at the end and taking
 * from the front cost the same however long the list is; adding and removing elsewhere, and going
 * on from a key, cost two binary searches. No two items may have equal keys.
 */
export class SortedList<Key, Item extends Key> {
  readonly #chunks: Item[][] = [];
  #size = 0;

  constructor(private readonly compare: (a: Key, b: Key) => number) {}

  get size(): number {
    return this.#size;
  }

  get first(): Item | undefined {
    return this.#chunks[0]?.[0];
  }

  add(item: Item): void {
    this.#size += 1;
    const last = this.#chunks.at(-1);
    const end = last?.at(-1);
    if (last === undefined || end === undefined) this.#chunks.push([item]);
    else if (this.compare(end, item) >= 0) this.#insert(item);
    else if (last.length < CHUNK) last.push(item);
    else this.#chunks.push([item]);
  }

  /** False when it was not there. */
  remove(item: Item): boolean {
    const isFirst = item === this.first;
    const at = isFirst ? 0 : this.#chunkOf(item);
    const chunk = this.#chunks[at] ?? [];
    const position = isFirst ? 0 : this.#countBefore(chunk, item);
    if (chunk[position] !== item) return false;
    if (isFirst) chunk.shift();
    else chunk.splice(position, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
    this.#size -= 1;
    return true;
  }

  /** Removes the first items, up to `most`. */
  take(most: number): Item[] {
    const count = Math.min(most, this.#size);
    if (!(count > 0)) return [];
    this.#size -= count;
    const taken = this.#takeOfFirst(count);
    while (taken.length < count)
      for (const item of this.#takeOfFirst(count - taken.length)) taken.push(item);
    return taken;
  }

  /** Removes the first items for which `test` holds, up to the first for which it does not. */
  takeWhile(test: (item: Item) => boolean): Item[] {
    let count = 0;
    for (const item of this.after()) {
      if (!test(item)) break;
      count += 1;
    }
    return this.take(count);
  }

  /** The items behind `key`, in order; all of them without a key. */
  *after(key?: Key): Generator<Item, void, undefined> {
    const start = key === undefined ? 0 : this.#chunkOf(key);
    for (let at = start; at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at] ?? [];
      for (const item of chunk)
        if (key === undefined || at > start || this.compare(key, item) < 0) yield item;
    }
  }

  /** The items before `key`, from the last on; all of them without a key. */
  *before(key?: Key): Generator<Item, void, undefined> {
    const start = key === undefined ? this.#chunks.length - 1 : this.#chunkOf(key);
    for (let at = start; at >= 0; at -= 1) {
      const chunk = this.#chunks[at] ?? [];
      const end = key === undefined || at < start ? chunk.length : this.#countBefore(chunk, key);
      for (let position = end - 1; position >= 0; position -= 1) {
        const item = chunk[position];
        if (item !== undefined) yield item;
      }
    }
  }

  #insert(item: Item): void {
    const at = this.#chunkOf(item);
    const chunk = this.#chunks[at] ?? [];
    const position = this.#countBefore(chunk, item);
    if (chunk.length < CHUNK) chunk.splice(position, 0, item);
    else if (position === CHUNK) this.#chunks.splice(at + 1, 0, [item]);
    else {
      // Split here, not in the middle: what is added in a run fills its chunk to the end.
      const rest = chunk.splice(position);
      chunk.push(item);
      this.#chunks.splice(at + 1, 0, rest);
    }
  }

  #takeOfFirst(most: number): Item[] {
    const chunk = this.#chunks[0] ?? [];
    if (chunk.length > most) return chunk.splice(0, most);
    this.#chunks.shift();
    return chunk;
  }

  /** Index of the last chunk that begins at or before `key`; 0 if there is none. */
  #chunkOf(key: Key): number {
    let low = 0;
    let high = this.#chunks.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      const begin = this.#chunks[middle]?.[0];
      if (begin !== undefined && this.compare(begin, key) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }

  /** How many items of the chunk come before `key`. */
  #countBefore(chunk: readonly Item[], key: Key): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = chunk[middle];
      if (item !== undefined && this.compare(item, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
