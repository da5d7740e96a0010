import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedLog } from '../../../lib/adapters/memory/results/ordered-log.js';
import type { Position } from '../../../lib/adapters/memory/results/position.js';

type Log = Pick<OrderedLog<Position>, 'add' | 'remove' | 'oldest' | 'size'> & {
  newestFirst(below?: Position): Iterable<Position>;
};

/** What a log should be: an array, sorted after each change. */
class NaiveLog implements Log {
  items: Position[] = [];

  get oldest(): Position | undefined {
    return this.items[0];
  }

  get size(): number {
    return this.items.length;
  }

  add(added: Position): void {
    this.items = [...this.items, added].sort((a, b) => a.at - b.at || a.order - b.order);
  }

  remove(removed: Position): boolean {
    const before = this.items.length;
    this.items = this.items.filter((one) => one !== removed);
    return this.items.length < before;
  }

  newestFirst(below?: Position): Position[] {
    const { at, order } = below ?? { at: Infinity, order: 0 };
    return this.items
      .filter((item) => item.at < at || (item.at === at && item.order < order))
      .reverse();
  }
}

/** What a step does to a log; `picked` is in it, `fresh` is not. */
const ACTS: Record<string, (log: Log, picked: Position, fresh: Position) => unknown> = {
  add: (log, _, fresh) => log.add(fresh),
  addAtTheEnd: (log, _, fresh) => log.add(fresh),
  remove: (log, picked) => log.remove(picked),
  removeTheOldest: (log, picked) => log.remove(log.oldest ?? picked),
  removeAStranger: (log, _, fresh) => log.remove(fresh),
};

const steps = array(
  record({
    act: constantFrom(...Object.keys(ACTS)),
    at: integer({ min: 0, max: 40 }),
    /** Which of those there are, as a share of their number. */
    share: integer({ min: 0, max: 999 }),
    /** How often in a row: at times more than a chunk holds. */
    times: constantFrom(1, 3, 150),
  }),
  { maxLength: 60 },
);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('OrderedLog', () => {
  it('is an array that is always sorted', () => {
    assert(
      property(steps, (taken) => {
        const [log, naive] = [new OrderedLog<Position>(), new NaiveLog()];
        const repeated = taken.flatMap((step) => upTo(step.times).map(() => step));
        for (const [order, { act, at, share }] of repeated.entries()) {
          const fresh = act === 'addAtTheEnd' ? { at: 1_000, order } : { at, order };
          const picked = naive.items[Math.floor((share / 1_000) * naive.size)] ?? fresh;
          const done = [log, naive].map((one) => ACTS[act]?.(one, picked, fresh));
          expect([done[0], log.size]).toEqual([done[1], naive.size]);
          expect(log.oldest).toBe(naive.oldest);
        }
        for (const below of [undefined, { at: 20, order: 0 }, ...naive.items.slice(0, 9)])
          expect([...log.newestFirst(below)]).toEqual(naive.newestFirst(below));
      }),
      { numRuns: 60 },
    );
  });

  it('does not take one item for another in the same position', () => {
    const log = new OrderedLog<Position>();
    log.add({ at: 1, order: 1 });

    expect(log.remove({ at: 1, order: 1 })).toBe(false);
    expect(log.size).toBe(1);
  });

  it('takes what comes in reverse order', () => {
    const log = new OrderedLog<Position>();
    for (const at of upTo(2_000).reverse()) log.add({ at, order: 0 });

    expect([...log.newestFirst()].map(({ at }) => at)).toEqual(upTo(2_000).reverse());
  });
});
