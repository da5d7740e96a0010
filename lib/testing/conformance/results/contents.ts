import assert from 'node:assert/strict';
import { assertRecord, put, read, walk } from './asserting.js';
import { aJob, aPlan, aMark, bytes, finished, idsOf } from './records.js';
import type { ResultsCases } from './results-world.js';

const MANY = 2_000;

const EVERY_BYTE = Uint8Array.from({ length: 512 }, (_, index) => index % 256);

/** Ids are chosen by users, and often made of what they were sent. */
const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '0',
  '-1',
  ' ',
  ' a ',
  'A',
  'a',
  'a.b.>',
  'a*',
  'a:b',
  'a/../b',
  '{a}b',
  '%s%00',
  '"quoted\\',
  "';--",
  'line\nbreak\r\n',
  'nul\0inside',
  'ünïcödé ✓ 🐘',
  'é',
  'e\u0301',
  'x'.repeat(200),
];

export const contents: ResultsCases = {
  async 'keeps every byte of body, result and progress'({ results }) {
    const record = aJob('a', { body: EVERY_BYTE, result: EVERY_BYTE, progress: EVERY_BYTE });
    await put(results, record);
    await results.plan([aPlan('p', [], { body: EVERY_BYTE })]);

    assertRecord((await read(results, 'a'))?.record, record);
    assertRecord((await read(results, 'p'))?.record, aPlan('p', [], { body: EVERY_BYTE }));
  },

  async 'keeps an empty result apart from none'({ results }) {
    const empty = new Uint8Array();
    await put(results, aJob('empty', { body: empty, result: empty }));
    await put(results, aJob('none'));

    assertRecord(
      (await read(results, 'empty'))?.record,
      aJob('empty', { body: empty, result: empty }),
    );
    assertRecord((await read(results, 'none'))?.record, aJob('none'));
  },

  async 'keeps bytes that are a part of a larger buffer'({ results }) {
    const record = aJob('a', { body: EVERY_BYTE.subarray(100, 103) });
    await put(results, record);

    assertRecord((await read(results, 'a'))?.record, record);
  },

  async 'keeps a body of a megabyte'({ results }) {
    const record = aJob('a', { body: new Uint8Array(2 ** 20).fill(0xff) });
    await put(results, record);

    assertRecord((await read(results, 'a'))?.record, record);
  },

  async 'keeps ids apart, however they are spelled'({ results }) {
    for (const [run, id] of HOSTILE_NAMES.entries()) await put(results, aJob(id, { run }));

    const found = await results.get(HOSTILE_NAMES);

    for (const [run, id] of HOSTILE_NAMES.entries())
      assertRecord(found[run]?.record, aJob(id, { run }));
    await results.delete(HOSTILE_NAMES.map((id) => ({ id, generation: 2 })));
    for (const id of HOSTILE_NAMES)
      assertRecord((await read(results, id))?.record, { kind: 'tombstone', id, generation: 2 });
  },

  async 'takes any name for a member, a queue, a task and a line'({ results }) {
    const records = HOSTILE_NAMES.map((name, index) =>
      finished(`job-${index}`, index + 1, {
        queue: name,
        task: name,
        errors: [
          { attempt: 1, at: 1, message: name, stack: name },
          { attempt: 2, at: 3, message: name, startedAt: 2, worker: name },
        ],
        logs: [name],
      }),
    );
    await results.put(records.map((record) => ({ record, expect: 0 })));
    await results.plan([aPlan('p', HOSTILE_NAMES)]);
    await results.mark(HOSTILE_NAMES.map((name) => aMark(name)));

    for (const [index, name] of HOSTILE_NAMES.entries()) {
      const filter = { status: 'successful', queue: name, task: name } as const;
      assert.deepEqual(await walk(results, filter), [`job-${index}`]);
      assert.deepEqual(await results.counts(name), { successful: 1, failed: 0, cancelled: 0 });
      assertRecord(
        (await read(results, `job-${index}`))?.record,
        records[index] ?? aJob('missing'),
      );
    }
    assertRecord((await read(results, 'p'))?.record, {
      ...aPlan('p', HOSTILE_NAMES),
      marks: HOSTILE_NAMES.map(() => 'successful'),
      generations: HOSTILE_NAMES.map(() => 1),
    });
  },

  async 'takes thousands in one call, and answers in their order'({ results }) {
    const ids = idsOf(MANY);
    const records = ids.map((id, run) => finished(id, run + 1, { run, body: bytes(id) }));

    const replies = await results.put(records.map((record) => ({ record, expect: 0 })));
    const found = await results.get(ids);

    assert.equal(replies.filter(({ stored }) => stored).length, MANY);
    for (const [index, record] of records.entries()) {
      assertRecord(found[index]?.record, record);
      assert.deepEqual(replies[index], { stored: true, revision: found[index]?.revision });
    }
    assert.deepEqual(await results.counts(), { successful: MANY, failed: 0, cancelled: 0 });
    await results.delete(ids.map((id) => ({ id, generation: 1 })));
    assert.deepEqual(await results.counts(), { successful: 0, failed: 0, cancelled: 0 });
  },

  async 'takes a plan with thousands of members, and their marks in one call'({ results }) {
    const ids = idsOf(MANY);
    await results.plan([aPlan('p', ids)]);

    const progress = await results.mark(ids.slice(1).map((id) => aMark(id)));

    assert.equal(progress.length, MANY - 1);
    assert.deepEqual(progress.at(-1), { members: MANY, open: 1 });
    assert.deepEqual(await results.mark([aMark('job-0000')]), [{ members: MANY, open: 0 }]);
  },
};
