import { describe, expect, it } from 'vitest';
import {
  formatLabel,
  jobLabel,
  parseLabel,
} from '../../../../lib/adapters/nats/results/messages/message-label.js';
import {
  decodeRecord,
  encodeRecord,
} from '../../../../lib/adapters/nats/results/records/record-codec.js';
import {
  decodeNote,
  encodeNote,
} from '../../../../lib/adapters/nats/results/retention/forgotten-note.js';
import { EncodingError } from '../../../../lib/core/errors.js';
import { assertRecord } from '../../../../lib/testing/conformance/results/asserting.js';
import {
  aJob,
  aPlan,
  bytes,
  finished,
} from '../../../../lib/testing/conformance/results/records.js';

describe('Records as bytes', () => {
  it('come back whole, also from the middle of a larger buffer', () => {
    const records = [
      aJob('plain'),
      finished('ended', 5, { result: bytes(''), dispatched: true, maxRetries: 3, retried: 1 }),
      aJob('member', { planId: 'p', logs: ['one'], progress: bytes('x'), onErrorIds: ['e'] }),
      aJob('leaving', { deleting: true, retryAt: 7, crashes: 2 }),
      aPlan('untouched', ['a', 'b'], { planId: 'chain' }),
      aPlan('told', ['a'], { marks: ['failed'], generations: [3], cancelled: true }),
      { kind: 'tombstone', id: 'gone', generation: 4 } as const,
    ];
    for (const record of records) {
      const encoded = encodeRecord(record);
      const larger = Buffer.concat([Buffer.alloc(3, 0xff), encoded, Buffer.alloc(3, 0xff)]);

      const decoded = decodeRecord(larger.subarray(3, 3 + encoded.length));
      expect(() => assertRecord(decoded, record)).not.toThrow();
    }
  });

  it('take little more than their bytes and names', () => {
    expect(encodeRecord(finished('id', 1_700_000_000_000)).length).toBeLessThan(110);
  });

  it('are refused where another release wrote them', () => {
    const encoded = encodeRecord(aJob('a'));
    encoded[0] = 99;

    expect(() => decodeRecord(encoded)).toThrow(EncodingError);
  });
});

describe('The label of a message', () => {
  it('comes back whole, whatever the names', () => {
    const label = jobLabel(finished('id', 123_456, { queue: 'a b\r\nc', task: '.', planId: 'π' }));

    expect(parseLabel(formatLabel('write-1', { ...label, parts: 'write-0' }))).toEqual({
      ...label,
      write: 'write-1',
      parts: 'write-0',
    });
  });

  it('keeps what is missing apart from any name', () => {
    const parsed = parseLabel(formatLabel('w', jobLabel(aJob('a', { queue: '.', task: '' }))));

    expect(parsed.plan).toBeUndefined();
    expect(parsed.queue).toBeDefined();
    expect(parsed.task).toBeDefined();
  });
});

describe('A note of what was forgotten', () => {
  it('names each sequence, however large', () => {
    const seqs = [1, 2, 130, 131, 20_000, 2 ** 40, 2 ** 40 + 1, 2 ** 52];

    expect(decodeNote(encodeNote(seqs))).toEqual(seqs);
    expect(decodeNote(encodeNote([]))).toEqual([]);
  });
});
