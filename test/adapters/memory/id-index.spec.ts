import { array, assert, constantFrom, integer, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdIndex, type Identified } from '../../../lib/adapters/memory/id-index.js';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `id-${n}`);

function filled(ids: readonly string[]): IdIndex<Identified> {
  const index = new IdIndex<Identified>();
  for (const id of ids) index.set({ id });
  return index;
}

const found = (index: IdIndex<Identified>, ids: readonly string[]): string[] =>
  ids.filter((id) => index.get(id)?.id === id);

describe('IdIndex', () => {
  it('finds what a Map finds, whatever comes and goes', () => {
    // Few ids, so that they meet; strange ones among them.
    const ids = oneof(integer({ min: 0, max: 300 }).map(String), string({ maxLength: 2 }));
    const acts = array(tuple(constantFrom('set', 'set', 'delete'), ids), { maxLength: 1_500 });

    assert(
      property(acts, (steps) => {
        const [index, map] = [new IdIndex<Identified>(), new Map<string, Identified>()];
        for (const [act, id] of steps) {
          const added = { id };
          if (act === 'set') index.set(added);
          else index.delete(id);
          if (act === 'set') map.set(id, added);
          else map.delete(id);
          expect(index.get(id)).toBe(map.get(id));
        }
        for (const [, id] of steps) expect(index.get(id)).toBe(map.get(id));
      }),
      { numRuns: 50 },
    );
  });

  it('finds all while it grows to hundreds of thousands, and shrinks again', () => {
    // Enough for some to have the same hash.
    const ids = numbered(400_000);
    const index = filled(ids);
    expect(found(index, ids)).toHaveLength(400_000);

    for (const id of ids.slice(10)) index.delete(id);

    expect(found(index, ids)).toEqual(ids.slice(0, 10));
  });

  it('loses nobody behind a gap, where ids crowd into each other', () => {
    const ids = numbered(60);
    for (const leaving of ids) {
      const index = filled(ids);
      index.delete(leaving);
      index.delete(leaving);

      expect(found(index, ids)).toEqual(ids.filter((id) => id !== leaving));
    }
  });

  it('keeps one entry per id, the latest', () => {
    const index = filled(['a', 'a']);
    const latest = { id: 'a' };
    index.set(latest);

    expect(index.get('a')).toBe(latest);
    index.delete('a');
    expect(index.get('a')).toBeUndefined();
  });

  it('finds nothing any more once all are gone, and takes new ones', () => {
    const ids = numbered(5_000);
    const index = filled(ids);
    for (const id of ids) index.delete(id);

    expect(found(index, ids)).toEqual([]);
    index.set({ id: 'again' });
    expect(found(index, ['again'])).toEqual(['again']);
  });

  it('keeps ids apart that differ in one unit only', () => {
    const alike = ['', '\0', '\0\0', 'a', 'A', 'ä', 'a\u{308}', '\uD800', '\uDC00', '\uD800\uDC00'];

    expect(found(filled(alike), alike)).toEqual(alike);
  });
});
