const FIRST_BYTES = 4_096;
/** A buffer that a large batch has made larger than this is not kept. */
const LARGEST_KEPT_BYTES = 1_048_576;

const ARRAY = 0xdd;
const TEXT = 0xdb;
const BYTES = 0xc6;
const NUMBER = 0xcb;
const LARGEST_SMALL_NUMBER = 127;

/** UTF-8 takes at most this many bytes per UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/**
 * Writes the one argument of a script that takes many things: MessagePack, for `cmsgpack.unpack`. It
 * reuses its memory, and `finish` gives a copy: what is sent must not change while it may be sent again.
 */
export class Packer {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #end = 0;

  /** The next `length` values are its items. */
  list(length: number): this {
    this.#head(ARRAY, length);
    return this;
  }

  text(value: string): this {
    const most = value.length * BYTES_PER_UNIT;
    this.#reserve(most + 5);
    const length = this.#buffer.utf8Write(value, this.#end + 5);
    this.#head(TEXT, length);
    this.#end += length;
    return this;
  }

  number(value: number): this {
    this.#reserve(9);
    if (Number.isInteger(value) && value >= 0 && value <= LARGEST_SMALL_NUMBER)
      this.#end = this.#buffer.writeUInt8(value, this.#end);
    else {
      this.#buffer[this.#end] = NUMBER;
      this.#end = this.#buffer.writeDoubleBE(value, this.#end + 1);
    }
    return this;
  }

  texts(values: readonly string[]): this {
    this.list(values.length);
    for (const value of values) this.text(value);
    return this;
  }

  numbers(values: readonly number[]): this {
    this.list(values.length);
    for (const value of values) this.number(value);
    return this;
  }

  /** Room for bytes of one value, which `write` fills from the offset on. */
  bytes(length: number, write: (buffer: Buffer, offset: number) => void): this {
    this.#reserve(length + 5);
    this.#head(BYTES, length);
    write(this.#buffer, this.#end);
    this.#end += length;
    return this;
  }

  finish(): Buffer {
    const packed = Buffer.from(this.#buffer.subarray(0, this.#end));
    this.#end = 0;
    if (this.#buffer.length > LARGEST_KEPT_BYTES) this.#buffer = Buffer.allocUnsafe(FIRST_BYTES);
    return packed;
  }

  #head(type: number, length: number): void {
    this.#reserve(5);
    this.#buffer[this.#end] = type;
    this.#end = this.#buffer.writeUInt32BE(length, this.#end + 1);
  }

  #reserve(bytes: number): void {
    const needed = this.#end + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}
