import assert from 'node:assert/strict';
import { assertRecord, put, putInVain, read } from './asserting.js';
import { aJob, aPlan, bytes, finished } from './records.js';
import type { ResultsCases } from './results-world.js';

export const compareAndSet: ResultsCases = {
  async 'stores a new record and gives it back whole'({ results }) {
    const record = aJob('a', {
      generation: 3,
      run: 7,
      status: 'failed',
      result: bytes('9'),
      maxRetries: 5,
      attempt: 6,
      retried: 4,
      crashes: 2,
      processedAt: 1_700_000_000_001,
      finishedAt: 1_700_000_000_002,
      retryAt: 1_700_000_000_003,
      errors: [
        { attempt: 5, at: 1_700_000_000_000, message: 'no' },
        { attempt: 6, at: 1_700_000_000_002, message: 'never', stack: 'Error: never\n  at x' },
      ],
      logs: ['one', 'two'],
      progress: bytes('{"done":0.5}'),
      onSuccessIds: ['s'],
      onErrorIds: ['e', 'f'],
      dispatched: true,
      planId: 'p',
    });

    const revision = await put(results, record);

    const found = await read(results, 'a');
    assertRecord(found?.record, record);
    assert.equal(found?.revision, revision);
  },

  async 'changes the revision with every write, and never uses 0'({ results }) {
    const first = await put(results, aJob('a'));
    const second = await put(results, aJob('a'), first);
    const third = await put(results, aJob('a'), second);

    assert.equal(new Set([0, first, second, third]).size, 4);
  },

  async 'knows nothing of an id that nobody has written'({ results }) {
    assert.equal(await read(results, 'nobody'), undefined);
  },

  async 'does not create what is there already, and tells what that is'({ results }) {
    const revision = await put(results, aJob('a'));

    const current = await putInVain(results, aJob('a', { generation: 2, run: 9 }));

    assertRecord(current?.record, aJob('a'));
    assert.equal(current?.revision, revision);
    assertRecord((await read(results, 'a'))?.record, aJob('a'));
  },

  async 'replaces a record where nothing has changed since it was read'({ results }) {
    const revision = await put(results, aJob('a', { result: bytes('old'), retryAt: 5 }));

    await put(results, aJob('a', { run: 2 }), revision);

    assertRecord((await read(results, 'a'))?.record, aJob('a', { run: 2 }));
  },

  async 'refuses a write from an older revision, and leaves what is there'({ results }) {
    const first = await put(results, aJob('a'));
    const second = await put(results, aJob('a', { run: 2 }), first);

    const current = await putInVain(results, finished('a', 1), first);

    assert.equal(current?.revision, second);
    assertRecord(current.record, aJob('a', { run: 2 }));
    assertRecord((await read(results, 'a'))?.record, aJob('a', { run: 2 }));
  },

  async 'refuses to replace a record that is not there'({ results }) {
    const elsewhere = await put(results, aJob('a'));

    assert.equal(await putInVain(results, aJob('b'), elsewhere), undefined);
    assert.equal(await read(results, 'b'), undefined);
  },

  async 'takes each write of a call by itself'({ results }) {
    await put(results, aJob('b'));

    const replies = await results.put(
      ['a', 'b', 'c'].map((id) => ({ record: aJob(id, { run: 2 }), expect: 0 })),
    );

    assert.deepEqual(
      replies.map(({ stored }) => stored),
      [true, false, true],
    );
    assertRecord((await read(results, 'b'))?.record, aJob('b'));
    assertRecord((await read(results, 'c'))?.record, aJob('c', { run: 2 }));
  },

  async 'lets the first of two creations in one call win'({ results }) {
    const [first, second] = await results.put([
      { record: aJob('a', { task: 'first' }), expect: 0 },
      { record: aJob('a', { task: 'second' }), expect: 0 },
    ]);

    assert.ok(first?.stored);
    assert.equal(second?.stored, false);
    assert.equal(second.current?.revision, first.revision);
    assertRecord((await read(results, 'a'))?.record, aJob('a', { task: 'first' }));
  },

  async 'answers in the order of the question, also twice for an id asked twice'({ results }) {
    for (const id of ['a', 'b']) await put(results, aJob(id));

    const found = await results.get(['b', 'nobody', 'a', 'b']);

    assert.deepEqual(
      found.map((entry) => entry?.record.id),
      ['b', undefined, 'a', 'b'],
    );
  },

  async 'takes calls with nothing in them'({ results }) {
    assert.deepEqual(await results.get([]), []);
    assert.deepEqual(await results.put([]), []);
    assert.deepEqual(await results.plan([]), []);
    assert.deepEqual(await results.mark([]), []);
    await results.release([]);
    await results.delete([]);
  },

  async 'never puts a job where a plan is'({ results }) {
    await results.plan([aPlan('p', ['a'])]);
    const plan = await read(results, 'p');
    assert.ok(plan);

    for (const expect of [0, plan.revision]) {
      const current = await putInVain(results, aJob('p', { generation: 2 }), expect);
      assertRecord(current?.record, aPlan('p', ['a']));
    }
    assertRecord((await read(results, 'p'))?.record, aPlan('p', ['a']));
  },
};
