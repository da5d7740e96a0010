import type { SubjectHash } from './subject-hash.js';

/** What a row says of a message, beside its place. Names are numbers. */
export interface RowValues {
  readonly seq: number;
  readonly at: number;
  readonly letter: number;
  readonly queue: number;
  readonly task: number;
  readonly plan: number;
}

const FIRST_CAPACITY = 1_024;

/** A table of messages in columns: 50 bytes a row, where an object each would take several times that. */
export class Rows {
  #capacity = FIRST_CAPACITY;
  #length = 0;
  /** The sequence with which it took its place; rows are in this order. */
  place = new Float64Array(FIRST_CAPACITY);
  seq = new Float64Array(FIRST_CAPACITY);
  at = new Float64Array(FIRST_CAPACITY);
  /** 0: the row is dead. */
  letter = new Uint8Array(FIRST_CAPACITY);
  queue = new Uint32Array(FIRST_CAPACITY);
  task = new Uint32Array(FIRST_CAPACITY);
  plan = new Uint32Array(FIRST_CAPACITY);
  /** Three lanes of the subject's hash. */
  hash = new Uint32Array(3 * FIRST_CAPACITY);

  get length(): number {
    return this.#length;
  }

  append(place: number, { a, b, c }: SubjectHash, values: RowValues): number {
    if (this.#length === this.#capacity) this.#grow();
    const row = this.#length;
    this.#length += 1;
    this.place[row] = place;
    this.hash.set([a, b, c], 3 * row);
    this.set(row, values);
    return row;
  }

  set(row: number, values: RowValues): void {
    this.seq[row] = values.seq;
    this.at[row] = values.at;
    this.letter[row] = values.letter;
    this.queue[row] = values.queue;
    this.task[row] = values.task;
    this.plan[row] = values.plan;
  }

  get(row: number): RowValues {
    return {
      seq: this.seq[row] ?? 0,
      at: this.at[row] ?? 0,
      letter: this.letter[row] ?? 0,
      queue: this.queue[row] ?? 0,
      task: this.task[row] ?? 0,
      plan: this.plan[row] ?? 0,
    };
  }

  hashOf(row: number): SubjectHash {
    const [a = 0, b = 0, c = 0] = this.hash.subarray(3 * row, 3 * row + 3);
    return { a, b, c };
  }

  hasHash(row: number, { a, b, c }: SubjectHash): boolean {
    const at = 3 * row;
    return this.hash[at] === a && this.hash[at + 1] === b && this.hash[at + 2] === c;
  }

  /** The row with this place. */
  atPlace(place: number): number | undefined {
    const row = this.below(place);
    return row < this.#length && this.place[row] === place ? row : undefined;
  }

  /** How many rows have a place below this. */
  below(place: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.place[middle] ?? Infinity) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    this.#capacity *= 2;
    const grown = <A extends Float64Array | Uint32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.place = grown(this.place, new Float64Array(this.#capacity));
    this.seq = grown(this.seq, new Float64Array(this.#capacity));
    this.at = grown(this.at, new Float64Array(this.#capacity));
    this.letter = grown(this.letter, new Uint8Array(this.#capacity));
    this.queue = grown(this.queue, new Uint32Array(this.#capacity));
    this.task = grown(this.task, new Uint32Array(this.#capacity));
    this.plan = grown(this.plan, new Uint32Array(this.#capacity));
    this.hash = grown(this.hash, new Uint32Array(3 * this.#capacity));
  }
}
