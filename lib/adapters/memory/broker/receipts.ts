/** The text of a small number is made much faster than that of one beyond 2^31. */
const RECEIPTS_PER_BLOCK = 2 ** 20;

/** Names for claims, none of them given twice. Counted in blocks, so that the numbers stay small. */
export class Receipts {
  #block = 0;
  #serial = 0;

  constructor(private readonly perBlock = RECEIPTS_PER_BLOCK) {}

  next(): string {
    this.#serial += 1;
    if (this.#serial === this.perBlock) {
      this.#block += 1;
      this.#serial = 0;
    }
    return `${this.#block}.${this.#serial}`;
  }
}
