import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Entry } from '../../../../lib/adapters/memory/broker/entry.js';
import { EntryIndex } from '../../../../lib/adapters/memory/broker/entry-index.js';

function entry(id: string): Entry {
  return new Entry(
    {
      id,
      generation: 1,
      kind: 'job',
      queue: 'q',
      priority: 0,
      fresh: true,
      body: new Uint8Array(),
    },
    'q',
    0,
  );
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `id-${index}`);

describe('EntryIndex', () => {
  it('does what a Map does', () => {
    const step = fc.record({
      kind: fc.constantFrom('set', 'set', 'delete', 'get'),
      // Few ids, so that they meet; strange ones among them.
      id: fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.string({ maxLength: 2 })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 1_500, minLength: 200 }), (steps) => {
        const [index, model] = [new EntryIndex(), new Map<string, Entry>()];
        for (const { kind, id } of steps) {
          if (kind === 'delete') {
            index.delete(id);
            model.delete(id);
          } else if (kind === 'set') {
            const added = entry(id);
            index.set(added);
            model.set(id, added);
          }
          expect(index.get(id)).toBe(model.get(id));
        }
        for (const [id, added] of model) expect(index.get(id)).toBe(added);
      }),
      { numRuns: 40 },
    );
  });

  it('finds each of many, and still does when half of them are gone', () => {
    const index = new EntryIndex();
    const all = ids(20_000);
    for (const id of all) index.set(entry(id));
    for (const [position, id] of all.entries()) if (position % 2 === 0) index.delete(id);
    const left = all.filter((id) => index.get(id)?.id === id);
    expect(left).toEqual(all.filter((_, position) => position % 2 === 1));
  });

  it('finds nothing any more once all are gone, and takes new ones', () => {
    const index = new EntryIndex();
    const all = ids(5_000);
    for (const id of all) index.set(entry(id));
    for (const id of all) index.delete(id);
    for (const id of all) index.delete(id);
    expect(all.filter((id) => index.get(id) !== undefined)).toEqual([]);
    index.set(entry('again'));
    expect(index.get('again')?.id).toBe('again');
  });

  it('keeps ids apart that differ in one unit only', () => {
    const index = new EntryIndex();
    const alike = ['', '\0', '\0\0', 'a', 'A', 'ä', 'a\u{308}', '\uD800', '\uDC00', '\uD800\uDC00'];
    for (const id of alike) index.set(entry(id));
    expect(alike.map((id) => index.get(id)?.id)).toEqual(alike);
  });
});
