import { array, assert, constantFrom, integer, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdIndex } from '../../../lib/adapters/memory/results/id-index.js';

interface Entry {
  readonly record: { readonly id: string };
}

const entry = (id: string): Entry => ({ record: { id } });
const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `id-${n}`);

function filled(ids: readonly string[], seed = 1): IdIndex<Entry> {
  const index = new IdIndex<Entry>(seed);
  for (const id of ids) index.set(entry(id));
  return index;
}

const found = (index: IdIndex<Entry>, ids: readonly string[]): string[] =>
  ids.filter((id) => index.get(id)?.record.id === id);

describe('IdIndex', () => {
  it('finds what a Map finds, whatever comes and goes', () => {
    const ids = string({ maxLength: 2, unit: 'binary' });
    const acts = array(tuple(constantFrom('set', 'set', 'delete'), ids), { maxLength: 2_000 });

    assert(
      property(acts, integer(), (steps, seed) => {
        const [index, map] = [new IdIndex<Entry>(seed), new Map<string, Entry>()];
        for (const [act, id] of steps) {
          const added = entry(id);
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

  it('finds all while it grows from nothing to hundreds of thousands, and back', () => {
    // Enough for some to have the same hash.
    const ids = numbered(400_000);
    const index = filled(ids);
    expect(found(index, ids)).toHaveLength(400_000);

    for (const id of ids.slice(10)) index.delete(id);

    expect(found(index, ids)).toEqual(ids.slice(0, 10));
    for (const id of ids) index.set(entry(id));
    expect(found(index, ids)).toHaveLength(400_000);
  });

  it('loses nobody behind a gap, where ids crowd into each other', () => {
    // As full as the smallest table gets, so that many lie far from where they belong.
    const ids = numbered(512);
    for (const [position, leaving] of ids.entries()) {
      if (position % 8 !== 0) continue;
      const index = filled(ids, position);
      index.delete(leaving);
      index.delete(leaving);

      expect(found(index, ids)).toEqual(ids.filter((id) => id !== leaving));
    }
  });

  it('keeps one entry per id, the latest', () => {
    const index = filled(['a', 'a']);
    const latest = entry('a');
    index.set(latest);

    expect(index.get('a')).toBe(latest);
    index.delete('a');
    expect(index.get('a')).toBeUndefined();
  });

  it('finds an id whose hash would be that of a free slot', () => {
    const ids = ['', ...numbered(600)];

    expect(found(filled(ids, 0), ids)).toEqual(ids);
  });
});
