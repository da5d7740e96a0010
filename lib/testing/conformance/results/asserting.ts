import assert from 'node:assert/strict';
import type {
  JobRecord,
  PlanRecord,
  StoredRecord,
  Tombstone,
  Versioned,
} from '../../../core/ports/record.js';
import type { RecordFilter, Results } from '../../../core/ports/results.js';

/** Longer than any store should take to tell of a change, and shorter than frameworks let a test run. */
const DEADLINE_MS = 3_000;
/** More than any walk through the pages of a few thousand records needs. */
const MOST_PAGES = 1_000;

/** Writes one record, which must be taken; gives its revision. */
export async function put(results: Results, record: JobRecord, expect = 0): Promise<number> {
  const [reply] = await results.put([{ record, expect }]);
  assert.ok(reply?.stored, `the write of '${record.id}' should have been taken`);
  return reply.revision;
}

/** Writes one record, which must be refused; gives what is there instead. */
export async function putInVain(
  results: Results,
  record: JobRecord,
  expect = 0,
): Promise<Versioned | undefined> {
  const [reply] = await results.put([{ record, expect }]);
  assert.equal(reply?.stored, false, `the write of '${record.id}' should have been refused`);
  return reply.current;
}

export async function read(results: Results, id: string): Promise<Versioned | undefined> {
  const found = await results.get([id]);
  assert.equal(found.length, 1);
  return found[0];
}

export async function readPlan(results: Results, id = 'p'): Promise<PlanRecord> {
  const record = (await read(results, id))?.record;
  assert.ok(record?.kind === 'plan', `there should be a plan '${id}'`);
  return record;
}

/** Equal in all that a record says: an absent field is `undefined`, bytes are bytes. */
export function assertRecord(actual: StoredRecord | undefined, expected: StoredRecord): void {
  assert.deepEqual(actual && plain(actual), plain(expected));
}

export function assertTombstone(
  found: Versioned | undefined,
  expected: Omit<Tombstone, 'kind'>,
): void {
  assertRecord(found?.record, { kind: 'tombstone', ...expected });
}

/** The ids on all pages, walked as an administrator would. */
export async function walk(results: Results, filter: RecordFilter, limit = 10): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await results.page(filter, { cursor, limit });
    assert.ok(
      page.items.length <= limit,
      `a page of ${page.items.length}, although ${limit} is the limit`,
    );
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === undefined) return ids;
    cursor = page.next;
  }
  return assert.fail('the pages do not come to an end');
}

/** A wake-up call that can be waited for. */
export class Alarm {
  calls = 0;
  #ring: () => void = () => undefined;

  readonly wake = (): void => {
    this.calls += 1;
    this.#ring();
  };

  /** Resolves once it has been called `times` times in all; fails after a while. */
  async rung(times = 1): Promise<void> {
    if (this.calls >= times) return;
    await new Promise<void>((resolve, reject) => {
      const tooLate = setTimeout(
        () =>
          reject(new assert.AssertionError({ message: `woken ${this.calls} times, not ${times}` })),
        DEADLINE_MS,
      );
      this.#ring = () => {
        if (this.calls < times) return;
        clearTimeout(tooLate);
        resolve();
      };
    });
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const told = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(told.map(([key, field]) => [key, plain(field)]));
}
