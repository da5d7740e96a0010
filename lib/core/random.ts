import { randomFillSync } from 'node:crypto';

/** Where chance comes from. Tests pass one with a seed. */
export interface Random {
  /** A new id, unique everywhere: letters, digits, `-` and `_`. */
  id(): string;
  /** Evenly spread over [0, 1). */
  fraction(): number;
}

/**
 * 84 bits: among ten million ids that a store knows at a time, a new one is taken with a chance of one in
 * 10^18. A store keeps an id several times over, and shorter ones cost it a tenth less (decision 011).
 */
const ID_CHARACTERS = 14;
/** A few bits more than that takes. */
const ID_BYTES = 11;
/** One call to the system's generator for this many ids. */
const IDS_PER_FILL = 256;

class SystemRandom implements Random {
  readonly #pool = Buffer.allocUnsafe(ID_BYTES * IDS_PER_FILL);
  #offset = this.#pool.length;

  id(): string {
    return this.#take(ID_BYTES).toString('base64url').slice(0, ID_CHARACTERS);
  }

  fraction(): number {
    return this.#take(ID_BYTES).readUInt32LE(0) / 2 ** 32;
  }

  #take(bytes: number): Buffer {
    if (this.#offset + bytes > this.#pool.length) {
      randomFillSync(this.#pool);
      this.#offset = 0;
    }
    return this.#pool.subarray(this.#offset, (this.#offset += bytes));
  }
}

export const systemRandom: Random = new SystemRandom();
