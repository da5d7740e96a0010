import { randomFillSync } from 'node:crypto';

/** Where chance comes from. Tests pass one with a seed. */
export interface Random {
  /** A new id, unique everywhere: letters, digits, `-` and `_`. */
  id(): string;
  /** Evenly spread over [0, 1). */
  fraction(): number;
}

/** 128 bits: 22 characters, a third less to store per index than a UUID. */
const ID_BYTES = 16;
/** One call to the system's generator for this many ids. */
const IDS_PER_FILL = 256;

class SystemRandom implements Random {
  readonly #pool = Buffer.allocUnsafe(ID_BYTES * IDS_PER_FILL);
  #offset = this.#pool.length;

  id(): string {
    return this.#take(ID_BYTES).toString('base64url');
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
