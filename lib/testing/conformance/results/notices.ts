import assert from 'node:assert/strict';
import type { NoticePost, Results } from '../../../core/ports/results.js';
import { withAnother, type ResultsCases } from './results-world.js';

const MINUTE_MS = 60_000;
const MANY = 1_000;
const EVERY_BYTE = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
const ODD_NAMES = [
  '',
  '__proto__',
  'until',
  ' a ',
  'a.b.>',
  '*',
  'A',
  'a',
  '{a}',
  'nul\0',
  'é ✓ 🐘',
];

export const notices: ResultsCases = {
  async 'knows no notice of a topic that nobody wrote to'({ results }) {
    assert.deepEqual(await results.notices('nothing'), []);
    await results.post([]);
    assert.deepEqual(await results.notices('nothing'), []);
  },

  async 'keeps the last notice of each name'({ results }) {
    await results.post([aNotice('a', { body: bytes('1') }), aNotice('b', { body: bytes('2') })]);
    await results.post([aNotice('a', { body: bytes('3') }), aNotice('a', { body: bytes('4') })]);

    assert.deepEqual(await read(results), { a: '4', b: '2' });
  },

  async 'keeps topics apart'({ results }) {
    await results.post([
      aNotice('a', { body: bytes('1') }),
      aNotice('a', { topic: 'other', body: bytes('2') }),
    ]);

    assert.deepEqual(await read(results), { a: '1' });
    assert.deepEqual(await read(results, 'other'), { a: '2' });
    assert.deepEqual(await read(results, 'topi'), {});
  },

  async 'keeps every byte, and none'({ results }) {
    await results.post([
      aNotice('all', { body: EVERY_BYTE }),
      aNotice('none', { body: bytes('') }),
      aNotice('part', { body: EVERY_BYTE.subarray(100, 103) }),
    ]);

    const found = new Map((await results.notices('topic')).map(({ name, body }) => [name, body]));
    assert.deepEqual([...(found.get('all') ?? [])], [...EVERY_BYTE]);
    assert.deepEqual([...(found.get('none') ?? [0])], []);
    assert.deepEqual([...(found.get('part') ?? [])], [100, 101, 102]);
  },

  async 'keeps odd names apart, and odd topics'({ results }) {
    await results.post(ODD_NAMES.map((name) => aNotice(name, { body: bytes(name) })));
    await results.post(
      ODD_NAMES.map((topic) => aNotice('n', { topic: `${topic}x`, body: bytes(topic) })),
    );

    const found = await results.notices('topic');
    assert.deepEqual(found.map(({ name }) => name).toSorted(), ODD_NAMES.toSorted());
    for (const { name, body } of found) assert.equal(textOf(body), name);
    for (const topic of ODD_NAMES) assert.deepEqual(await read(results, `${topic}x`), { n: topic });
  },

  async 'keeps many, for all clients'(world) {
    const names = Array.from({ length: MANY }, (_, index) => `name-${index}`);
    await world.results.post(names.map((name) => aNotice(name)));

    await withAnother(world, async (other) => {
      const found = await other.notices('topic');
      assert.deepEqual(found.map(({ name }) => name).toSorted(), names.toSorted());
    });
  },
};

/** Where time can be moved. */
export const noticeExpiry: ResultsCases = {
  async 'forgets a topic as a whole, some time after it was last written to'(world) {
    const { results } = world;
    await results.post([aNotice('a'), aNotice('b', { topic: 'other' })]);
    await world.pass(MINUTE_MS / 2);
    await results.post([aNotice('c')]);

    await world.pass(MINUTE_MS / 2 + 1);
    assert.deepEqual(await read(results), { a: 'x', c: 'x' });
    assert.deepEqual(await read(results, 'other'), {});

    await world.pass(MINUTE_MS / 2 + 1);
    assert.deepEqual(await read(results), {});
  },
};

function aNotice(name: string, given: Partial<NoticePost> = {}): NoticePost {
  return { topic: 'topic', name, body: bytes('x'), ttlMs: MINUTE_MS, ...given };
}

async function read(results: Results, topic = 'topic'): Promise<Record<string, string>> {
  const found = await results.notices(topic);
  return Object.fromEntries(found.map(({ name, body }) => [name, textOf(body)]));
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
