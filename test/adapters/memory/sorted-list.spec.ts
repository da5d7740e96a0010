import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedList } from '../../../lib/adapters/memory/sorted-list.js';

interface Item {
  readonly key: number;
}

const item = (key: number): Item => ({ key });
const listOf = (...keys: readonly number[]): SortedList<Item, Item> => {
  const list = new SortedList<Item, Item>((a, b) => a.key - b.key);
  for (const key of keys) list.add(item(key));
  return list;
};
const keys = (items: Iterable<Item>): number[] => [...items].map(({ key }) => key);
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

type Command =
  | { readonly kind: 'add' | 'remove' | 'after' | 'before'; readonly key: number }
  | { readonly kind: 'addRun'; readonly key: number; readonly count: number }
  | { readonly kind: 'take'; readonly most: number }
  | { readonly kind: 'takeBelow'; readonly key: number };

const key = fc.integer({ min: 0, max: 5_000 });
const commands = fc.oneof<fc.Arbitrary<Command>[]>(
  fc.record({ kind: fc.constantFrom('add', 'remove', 'after', 'before'), key }),
  fc.record({ kind: fc.constant('addRun'), key, count: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ kind: fc.constant('take'), most: fc.integer({ min: -1, max: 1_200 }) }),
  fc.record({ kind: fc.constant('takeBelow'), key }),
);

/** A list and a sorted array, to which the same is done. Both tell what came of it. */
class Twins {
  readonly #list = listOf();
  #model: Item[] = [];

  run(command: Command): readonly [unknown, unknown] {
    if (command.kind === 'add') this.#add(command.key);
    else if (command.kind === 'addRun')
      for (let next = 0; next < command.count; next += 1) this.#add(command.key + next);
    else if (command.kind === 'remove') return this.#remove(command.key);
    else if (command.kind === 'take')
      return [this.#list.take(command.most), this.#model.splice(0, Math.max(0, command.most))];
    else if (command.kind === 'takeBelow') return this.#takeBelow(command.key);
    else if (command.kind === 'before')
      return [
        [...this.#list.before(item(command.key))],
        this.#model.filter((other) => other.key < command.key).toReversed(),
      ];
    else
      return [
        [...this.#list.after(item(command.key))],
        this.#model.filter((other) => other.key > command.key),
      ];
    return [this.#list.first, this.#model[0]];
  }

  both(): readonly [readonly Item[], readonly Item[]] {
    return [
      [...this.#list.after(), ...this.#list.before()],
      [...this.#model, ...this.#model.toReversed()],
    ];
  }

  #add(at: number): void {
    if (this.#model.some((other) => other.key === at)) return;
    const added = item(at);
    this.#list.add(added);
    this.#model.push(added);
    this.#model.sort((a, b) => a.key - b.key);
  }

  #remove(at: number): readonly [boolean, boolean] {
    const found = this.#model.find((other) => other.key === at);
    this.#model = this.#model.filter((other) => other !== found);
    return [this.#list.remove(found ?? item(at)), found !== undefined];
  }

  #takeBelow(limit: number): readonly [Item[], Item[]] {
    const below = this.#model.filter((other) => other.key < limit);
    this.#model = this.#model.slice(below.length);
    return [this.#list.takeWhile((other) => other.key < limit), below];
  }
}

describe('SortedList', () => {
  it('does what a sorted array does', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 25 }), (run) => {
        const twins = new Twins();
        for (const command of run) {
          const [actual, expected] = twins.run(command);
          expect(actual).toEqual(expected);
        }
        const [list, model] = twins.both();
        expect(list).toEqual(model);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps thousands in order, added forwards, backwards and into the middle', () => {
    const forwards = range(3_000);
    expect(keys(listOf(...forwards).after())).toEqual(forwards);
    expect(keys(listOf(...forwards.toReversed()).after())).toEqual(forwards);
    const scattered = forwards.toSorted((a, b) => ((a * 7919) % 3_000) - ((b * 7919) % 3_000));
    expect(keys(listOf(...scattered).after())).toEqual(forwards);
  });

  it('keeps runs that are added in front of others', () => {
    const list = listOf(...range(2_000).map((index) => 10_000 + index));
    for (const at of range(2_000)) list.add(item(at));
    expect(keys(list.take(2_001))).toEqual([...range(2_000), 10_000]);
  });

  it('takes across chunks, and no more than there is', () => {
    const list = listOf(...range(2_000));
    expect(keys(list.take(1_500))).toEqual(range(1_500));
    expect(list.take(5_000)).toHaveLength(500);
    expect(list.take(1)).toEqual([]);
    expect(list.first).toBeUndefined();
  });

  it.each([0, -1, Number.NaN])('takes nothing when asked for %d', (most) => {
    expect(listOf(1, 2).take(most)).toEqual([]);
  });

  it('takes all when there is no bound', () => {
    expect(keys(listOf(...range(1_200)).take(Infinity))).toEqual(range(1_200));
  });

  it('does not take another item with the same key for the one to remove', () => {
    const list = listOf(1, 2, 3);
    expect(list.remove(item(2))).toBe(false);
    expect(list.size).toBe(3);
  });

  it('goes on behind a key that is no longer there', () => {
    const list = listOf(10, 20, 30);
    expect(keys(list.after(item(15)))).toEqual([20, 30]);
    expect(keys(list.after(item(20)))).toEqual([30]);
    expect(keys(list.after(item(5)))).toEqual([10, 20, 30]);
    expect(keys(list.after(item(30)))).toEqual([]);
  });

  it('goes back from a key that is no longer there', () => {
    const list = listOf(10, 20, 30);
    expect(keys(list.before(item(25)))).toEqual([20, 10]);
    expect(keys(list.before(item(20)))).toEqual([10]);
    expect(keys(list.before(item(35)))).toEqual([30, 20, 10]);
    expect(keys(list.before(item(10)))).toEqual([]);
    expect(keys(listOf().before())).toEqual([]);
  });

  it('is emptied from the front, one by one', () => {
    const items = range(1_200).map(item);
    const list = listOf();
    for (const each of items) list.add(each);
    for (const each of items) expect([list.first, list.remove(each)]).toEqual([each, true]);
    expect(list.size).toBe(0);
  });

  it('is as good as new once it has been emptied', () => {
    const items = range(1_500).map(item);
    const list = listOf();
    for (const each of items) list.add(each);
    for (const each of items.toReversed()) expect(list.remove(each)).toBe(true);
    list.add(item(7));
    expect([list.size, keys(list.take(5))]).toEqual([1, [7]]);
  });
});
