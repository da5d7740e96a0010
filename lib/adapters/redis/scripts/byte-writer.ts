const FIRST_BYTES = 4 * 1024;
/** A buffer that a large batch has made larger than this is not kept. */
const LARGEST_KEPT_BYTES = 1024 * 1024;
const TWO_32 = 2 ** 32;
/** Up to here writing characters one by one is faster than a call into the runtime. */
const SHORT_TEXT = 48;
/** UTF-8 has so many bytes at most for a character of a string. */
const MOST_PER_CHARACTER = 3;

/** Bytes in the making: a buffer that grows, is used over and over, and gives copies away. */
export class ByteWriter {
  at = 0;
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);

  get buffer(): Buffer {
    return this.#buffer;
  }

  /** Sees to it that so many bytes more may be written. */
  reserve(bytes: number): void {
    const needed = this.at + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.at);
    this.#buffer = larger;
  }

  /** Begins anew, whatever an earlier attempt left behind. */
  clear(): this {
    this.at = 0;
    return this;
  }

  /** What has been written, in memory of its own; the next bytes begin anew. */
  finish(): Buffer {
    const finished = Buffer.from(this.#buffer.subarray(0, this.at));
    this.at = 0;
    if (this.#buffer.length > LARGEST_KEPT_BYTES) this.#buffer = Buffer.allocUnsafe(FIRST_BYTES);
    return finished;
  }

  byte(value: number): void {
    this.reserve(1);
    this.#buffer[this.at++] = value;
  }

  uint32(value: number): void {
    this.reserve(4);
    this.at = this.#buffer.writeUInt32BE(value, this.at);
  }

  /** Revisions: integers below 2^40. */
  uint40(value: number): void {
    this.reserve(5);
    this.#buffer[this.at] = value / TWO_32;
    this.at = this.#buffer.writeUInt32BE(value % TWO_32, this.at + 1);
  }

  /** Instants: integers below 2^48. */
  uint48(value: number): void {
    this.reserve(6);
    this.#buffer.writeUInt16BE(Math.floor(value / TWO_32), this.at);
    this.at = this.#buffer.writeUInt32BE(value % TWO_32, this.at + 2);
  }

  /** An integer of 0 or more: seven bits a byte, the lowest first. */
  varint(value: number): void {
    this.reserve(8);
    let left = value;
    while (left >= 128) {
      this.#buffer[this.at++] = (left % 128) + 128;
      left = Math.floor(left / 128);
    }
    this.#buffer[this.at++] = left;
  }

  /** An integer: those near 0 are short. */
  signedVarint(value: number): void {
    const whole = Math.trunc(value);
    this.varint(whole < 0 ? -2 * whole - 1 : 2 * whole);
  }

  append(value: Uint8Array): void {
    this.reserve(value.length);
    this.#buffer.set(value, this.at);
    this.at += value.length;
  }

  /** Preceded by their length. */
  sizedBytes(value: Uint8Array): void {
    this.varint(value.length);
    this.append(value);
  }

  /** Preceded by its length in bytes. */
  sizedText(value: string): void {
    if (value.length <= SHORT_TEXT) {
      this.reserve(1 + SHORT_TEXT);
      const from = this.at++;
      if (this.plainText(value)) {
        this.#buffer[from] = value.length;
        return;
      }
      this.at = from;
    }
    this.varint(Buffer.byteLength(value));
    this.longText(value);
  }

  /** Writes a text of ASCII alone, of which so many bytes were reserved; else nothing, and gives false. */
  plainText(value: string): boolean {
    const buffer = this.#buffer;
    let at = this.at;
    for (let index = 0; index < value.length; index++) {
      // oxlint-disable-next-line unicorn/prefer-code-point -- ASCII has one unit a character
      const unit = value.charCodeAt(index);
      if (unit > 127) return false;
      buffer[at++] = unit;
    }
    this.at = at;
    return true;
  }

  longText(value: string): void {
    this.reserve(value.length * MOST_PER_CHARACTER);
    this.at += this.#buffer.write(value, this.at);
  }
}
