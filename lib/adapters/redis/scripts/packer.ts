import { ByteWriter } from './byte-writer.js';

const FIXED_TEXT = 0xa0;
const LONGEST_FIXED_TEXT = 31;
const TEXT_32 = 0xdb;
const ARRAY_32 = 0xdd;
const FLOAT_64 = 0xcb;
const UINT_32 = 0xce;
const FALSE = 0xc2;
const TRUE = 0xc3;
const LARGEST_FIXED = 127;

/**
 * Writes the one argument of a script that takes many things: MessagePack, for `cmsgpack.unpack`. It
 * reuses its memory, and `finish` gives a copy: what is sent must not change while it may be sent again.
 */
export class Packer extends ByteWriter {
  /** The next `items` values are its items. */
  list(items: number): this {
    this.byte(ARRAY_32);
    this.uint32(items);
    return this;
  }

  text(value: string): this {
    if (value.length <= LONGEST_FIXED_TEXT) {
      this.reserve(1 + LONGEST_FIXED_TEXT);
      const from = this.at++;
      if (this.plainText(value)) {
        this.buffer[from] = FIXED_TEXT + value.length;
        return this;
      }
      this.at = from;
    }
    const from = this.open();
    this.longText(value);
    return this.close(from);
  }

  texts(values: readonly string[]): this {
    this.list(values.length);
    for (const value of values) this.text(value);
    return this;
  }

  /** Room for bytes of one value, which `write` fills from the offset on. */
  bytes(length: number, write: (buffer: Buffer, offset: number) => void): this {
    const from = this.open();
    this.reserve(length);
    write(this.buffer, from);
    this.at = from + length;
    return this.close(from);
  }

  binary(value: Uint8Array): this {
    const from = this.open();
    this.append(value);
    return this.close(from);
  }

  /** Begins a string that is written piece by piece; to be closed with what this gives. */
  open(): number {
    this.byte(TEXT_32);
    this.uint32(0);
    return this.at;
  }

  close(from: number): this {
    this.buffer.writeUInt32BE(this.at - from, from - 4);
    return this;
  }

  number(value: number): this {
    if (Number.isInteger(value) && value >= 0 && value <= LARGEST_FIXED) this.byte(value);
    else if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) {
      this.byte(UINT_32);
      this.uint32(value);
    } else {
      this.byte(FLOAT_64);
      this.reserve(8);
      this.at = this.buffer.writeDoubleBE(value, this.at);
    }
    return this;
  }

  numbers(values: readonly number[]): this {
    this.list(values.length);
    for (const value of values) this.number(value);
    return this;
  }

  boolean(value: boolean): this {
    this.byte(value ? TRUE : FALSE);
    return this;
  }

  /** Lua has `false` where there is none: a nil would end its array. */
  optional(value: string | undefined): this {
    return value === undefined ? this.boolean(false) : this.text(value);
  }
}
