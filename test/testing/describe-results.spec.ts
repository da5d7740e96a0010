import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryResults } from '../../lib/adapters/memory/memory-results.js';
import type { Results } from '../../lib/core/ports/results.js';
import type { TestFramework } from '../../lib/testing/conformance/test-framework.js';
import { describeResults, type ResultsWorld } from '../../lib/testing/describe-results.js';
import { ManualClock } from '../../lib/testing/manual-clock.js';

/** A framework that runs the cases of a suite on the spot, and tells which of them failed. */
class Tryout implements TestFramework {
  readonly failed: string[] = [];
  readonly names: string[] = [];
  readonly #group: string[] = [];
  readonly #cases: { readonly name: string; readonly run: () => Promise<void> }[] = [];
  #before = async (): Promise<void> => undefined;
  #after = async (): Promise<void> => undefined;

  readonly describe = (name: string, define: () => void): void => {
    this.#group.push(name);
    define();
    this.#group.pop();
  };
  readonly it = (name: string, run: () => Promise<void>): void => {
    this.#cases.push({ name: [...this.#group, name].join(' > '), run });
  };
  readonly beforeEach = (run: () => Promise<void>): void => void (this.#before = run);
  readonly afterEach = (run: () => Promise<void>): void => void (this.#after = run);

  /** Goes on until `failures` cases have failed. */
  async run(failures = Infinity): Promise<this> {
    for (const { name, run } of this.#cases) {
      if (this.failed.length >= failures) break;
      this.names.push(name);
      await this.#before();
      await run().catch(() => void this.failed.push(name));
      await this.#after();
    }
    return this;
  }
}

interface World extends ResultsWorld {
  readonly events: string[];
}

/** Stores with one method each that does something else than it should. */
function worldOf(flaw: (results: MemoryResults) => Partial<Results>, events: string[] = []): World {
  const clock = new ManualClock();
  const sound = new MemoryResults({ clock });
  const flaws = flaw(sound);
  const results = new Proxy<Results>(sound, {
    get(_, name): unknown {
      events.push(String(name));
      const value: unknown = Reflect.get(flaws, name) ?? Reflect.get(sound, name);
      return isMethod(value) ? (...given: unknown[]) => Reflect.apply(value, sound, given) : value;
    },
  });
  return {
    events,
    results,
    another: async () => results,
    pass: async (ms) => {
      events.push('pass');
      await clock.advance(ms);
    },
    timeTravel: true,
    now: () => clock.now(),
    dispose: async () => void events.push('dispose'),
  };
}

function isMethod(value: unknown): value is (...given: unknown[]) => unknown {
  return typeof value === 'function';
}

function tryOut(factory: () => ResultsWorld, failures?: number): Promise<Tryout> {
  const tryout = new Tryout();
  describeResults('A store', async () => factory(), tryout);
  return tryout.run(failures);
}

const FLAWS: Record<string, (sound: MemoryResults) => Partial<Results>> = {
  'overwrites what has changed': (sound) => ({
    put: async (writes) => {
      const found = await sound.get(writes.map(({ record }) => record.id));
      return sound.put(
        writes.map(({ record }, index) => ({ record, expect: found[index]?.revision ?? 0 })),
      );
    },
  }),
  'answers in another order': (sound) => ({
    get: async (ids) => [...(await sound.get(ids))].reverse(),
  }),
  'shows the oldest first': (sound) => ({
    page: async (filter, page) => {
      const { items, ...rest } = await sound.page(filter, page);
      return { items: [...items].reverse(), ...rest };
    },
  }),
  'shows one page only': (sound) => ({
    page: async (filter, page) => ({ items: (await sound.page(filter, page)).items }),
  }),
  'counts all queues as one': (sound) => ({ counts: () => sound.counts() }),
  'forgets marks that come early': (sound) => ({
    mark: async (marks) => {
      const found = await sound.get(marks.map(({ planId }) => planId));
      return sound.mark(marks.filter((_, index) => found[index]));
    },
  }),
  'wakes nobody': () => ({ watch: () => () => undefined }),
  'wakes also those who have stopped watching': (sound) => ({
    watch: (id, wake) => {
      sound.watch(id, wake);
      return () => undefined;
    },
  }),
  'deletes without a trace': (sound) => ({
    delete: async (entries) => {
      await sound.delete(entries.map(({ id }) => ({ id, generation: 0 })));
    },
  }),
  'never releases': () => ({ release: async () => undefined }),
  'keeps what it should forget': (sound) => ({
    connect: () => sound.connect({ retention: { successful: {}, failed: {}, cancelled: {} } }),
  }),
  'notes no dispatch': () => ({ dispatched: async () => undefined }),
};

describe('describeResults', () => {
  beforeEach(() => {
    // What the memory store does not do at once it never does: nobody has to wait for his deadline.
    vi.stubGlobal('setTimeout', (fire: () => void) => setImmediate(fire));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('finds nothing wrong with a sound store', async () => {
    const { failed, names } = await tryOut(() => worldOf(() => ({})));

    expect(failed).toEqual([]);
    expect(names.length).toBeGreaterThan(100);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(Object.entries(FLAWS))('finds a store that %s', async (_, flaw) => {
    const { failed } = await tryOut(() => worldOf(flaw), 1);

    expect(failed).toHaveLength(1);
  });

  it('lets time pass only where it can be moved, and says so', async () => {
    const events: string[] = [];
    const { failed, names } = await tryOut(() => ({
      ...worldOf(() => ({}), events),
      timeTravel: undefined,
    }));

    expect(failed).toEqual([]);
    expect(events).not.toContain('pass');
    expect(names.filter((name) => name.includes('only where time can be moved'))).not.toEqual([]);
  });

  it('connects each store first, and closes it before it disposes of it', async () => {
    const worlds: string[][] = [];
    await tryOut(() => {
      const events: string[] = [];
      worlds.push(events);
      return worldOf(() => ({}), events);
    });

    for (const events of worlds) {
      expect(events[0]).toBe('connect');
      expect(events.slice(-2)).toEqual(['close', 'dispose']);
      const count = (name: string): number => events.filter((event) => event === name).length;
      expect(count('close')).toBe(count('connect'));
    }
  });

  it('fails all cases when there is no store to try', async () => {
    const tryout = new Tryout();
    describeResults('Nothing', () => Promise.reject(new Error('no server')), tryout);

    await expect(tryout.run()).rejects.toThrow('no server');
  });
});
