import type { Rows } from './rows.js';

const FIRST_CAPACITY = 256;

/** Where a row stands among those of its status: by instant, and within one by the place that it took. */
export interface Position {
  readonly at: number;
  readonly place: number;
}

/** The rows of one status in order, 4 bytes each. Rows that have died stay until all is set up anew. */
export class Shelf {
  #numbers = new Uint32Array(FIRST_CAPACITY);
  #length = 0;

  constructor(private readonly rows: Rows) {}

  get length(): number {
    return this.#length;
  }

  /** The number of the row that stands there. */
  at(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  /** Mostly at the end: jobs are told about as they finish. */
  add(row: number): void {
    if (this.#length === this.#numbers.length) this.#grow();
    const index = this.below(this.positionOf(row));
    this.#numbers.copyWithin(index + 1, index, this.#length);
    this.#numbers[index] = row;
    this.#length += 1;
  }

  positionOf(row: number): Position {
    return { at: this.rows.at[row] ?? 0, place: this.rows.place[row] ?? 0 };
  }

  /** How many rows stand before this position. */
  below({ at, place }: Position): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.positionOf(this.at(middle));
      if (found.at < at || (found.at === at && found.place < place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const grown = new Uint32Array(2 * this.#numbers.length);
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}
