/** Large enough to make one seldom, small enough that the last bytes in use keep little alive. */
const SLAB_BYTES = 16 * 1024;
/** Anything larger gets memory of its own. */
const LARGEST_SHARED_BYTES = SLAB_BYTES / 8;

/**
 * Memory for bytes that stay: messages that wait, results that are kept. Node's own pool is for everybody:
 * there they would lie among bytes of a moment, and keep all of those alive. One piece at a time:
 * `reserve` it, write from `start` on, `cut` it off.
 */
export class Slab {
  /** Of the piece reserved last. */
  buffer = Buffer.alloc(0);
  start = 0;
  #shared = this.buffer;
  #used = 0;

  /** Makes room for this many bytes at most; what is there is not cleared. */
  reserve(most: number): void {
    if (most > LARGEST_SHARED_BYTES) {
      this.buffer = Buffer.allocUnsafeSlow(most);
      this.start = 0;
      return;
    }
    if (most > this.#shared.length - this.#used) {
      this.#shared = Buffer.allocUnsafeSlow(SLAB_BYTES);
      this.#used = 0;
    }
    this.buffer = this.#shared;
    this.start = this.#used;
  }

  /** The bytes from `start` to `end`, for good. */
  cut(end: number): Uint8Array {
    if (this.buffer === this.#shared) this.#used = end;
    return this.buffer.subarray(this.start, end);
  }
}

export const lasting = new Slab();
