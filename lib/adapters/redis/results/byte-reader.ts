const TWO_32 = 2 ** 32;

/** Reads what a `ByteWriter` wrote. Bytes that it gives are views of the whole. */
export class ByteReader {
  constructor(
    readonly buffer: Buffer,
    public at = 0,
    /** Where to stop. */
    readonly end = buffer.length,
  ) {}

  byte(): number {
    return this.buffer[this.at++] ?? 0;
  }

  uint32(): number {
    this.at += 4;
    return this.buffer.readUInt32BE(this.at - 4);
  }

  uint40(): number {
    this.at += 5;
    return this.buffer.readUIntBE(this.at - 5, 5);
  }

  uint48(): number {
    this.at += 6;
    return this.buffer.readUInt16BE(this.at - 6) * TWO_32 + this.buffer.readUInt32BE(this.at - 4);
  }

  varint(): number {
    let byte = this.byte();
    if (byte < 128) return byte;
    let value = byte - 128;
    for (let unit = 128; ; unit *= 128) {
      byte = this.byte();
      if (byte < 128) return value + byte * unit;
      value += (byte - 128) * unit;
    }
  }

  signedVarint(): number {
    const value = this.varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  bytes(length: number): Uint8Array {
    return this.buffer.subarray(this.at, (this.at += length));
  }

  sizedBytes(): Uint8Array {
    const length = this.varint();
    return this.bytes(length);
  }

  text(): string {
    const length = this.varint();
    return this.buffer.toString('utf8', this.at, (this.at += length));
  }

  list<Item>(read: () => Item): Item[] {
    return Array.from({ length: this.varint() }, read);
  }

  rest(): Uint8Array {
    return this.buffer.subarray(this.at, this.end);
  }
}
