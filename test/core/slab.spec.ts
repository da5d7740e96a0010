import { describe, expect, it } from 'vitest';
import { Slab } from '../../lib/core/slab.js';

/** Reserves more than is written, as those do who estimate. */
function put(slab: Slab, bytes: readonly number[], most = bytes.length * 3): Uint8Array {
  slab.reserve(most);
  slab.buffer.set(bytes, slab.start);
  return slab.cut(slab.start + bytes.length);
}

const filled = (length: number, value: number) => Array.from({ length }, () => value);

describe('Slab', () => {
  it('gives each piece bytes of its own, and no more than were written', () => {
    const slab = new Slab();
    const pieces = Array.from({ length: 5_000 }, (_, index) =>
      put(slab, filled(1 + (index % 90), index % 256)),
    );

    expect(pieces.map((piece) => [...piece])).toEqual(
      pieces.map((_, index) => filled(1 + (index % 90), index % 256)),
    );
  });

  it('lays small pieces side by side', () => {
    const slab = new Slab();
    const first = put(slab, [1, 2, 3]);
    const second = put(slab, [4]);

    expect(second.buffer).toBe(first.buffer);
    expect(second.byteOffset).toBe(first.byteOffset + 3);
  });

  it('gives a large piece memory of its own, and goes on where it was', () => {
    const slab = new Slab();
    const before = put(slab, [1]);
    const large = put(slab, filled(10_000, 2), 10_000);
    const after = put(slab, [3]);

    expect(large.buffer.byteLength).toBe(10_000);
    expect(after.byteOffset).toBe(before.byteOffset + 1);
    expect([...before, ...after]).toEqual([1, 3]);
    expect(large).toHaveLength(10_000);
  });

  it('forgets what was reserved and not cut', () => {
    const slab = new Slab();
    const first = put(slab, [1]);
    slab.reserve(100);
    const second = put(slab, [2]);

    expect(second.byteOffset).toBe(first.byteOffset + 1);
  });
});
