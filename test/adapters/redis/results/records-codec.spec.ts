import { describe, expect, it } from 'vitest';
import { encodeJob } from '../../../../lib/adapters/redis/results/job-encoder.js';
import { readStored } from '../../../../lib/adapters/redis/results/stored-records.js';
import { Packer } from '../../../../lib/adapters/redis/scripts/packer.js';
import { EncodingError } from '../../../../lib/core/errors.js';
import type { JobRecord, StoredRecord } from '../../../../lib/core/ports/record.js';
import { assertRecord } from '../../../../lib/testing/conformance/results/asserting.js';
import { aJob, bytes, finished } from '../../../../lib/testing/conformance/results/records.js';

const NOW = 1_800_000_000_000;

function stored(record: JobRecord, revision = 7): Buffer {
  const packer = new Packer();
  encodeJob(packer, record, revision);
  return packer.finish();
}

function readBack(record: JobRecord): StoredRecord {
  return readStored(record.id, stored(record)).record;
}

describe('a record as it lies in Redis', () => {
  it.each<Partial<JobRecord>>([
    { maxRetries: 25, retried: 300, attempt: 70_000, crashes: 1, run: 2 ** 40, generation: 200 },
    { run: 0 },
    { attempt: 0 },
    { processedAt: NOW },
    { status: 'retrying', retryAt: NOW + 5 },
    { deleting: true, dispatched: true },
    { queue: 'ü'.repeat(300), task: '✓'.repeat(17) },
    { queue: `${'a'.repeat(47)}ü`, planId: 'p' },
    { logs: ['', 'x'.repeat(5_000)], onSuccessIds: ['a'], onErrorIds: [] },
    { errors: [{ attempt: 1, at: NOW, message: '' }] },
    { result: new Uint8Array(), progress: bytes('1'), body: new Uint8Array() },
  ])('is read as it was written: %#', (but) => {
    const found = readBack(aJob('a', but));

    expect(found.id).toBe('a');
    assertRecord(found, aJob('a', but));
  });

  it.each([NOW - 3, NOW, NOW + 60_000])('tells when a finished run began, even at %d', (began) => {
    expect(readBack(finished('a', NOW, { processedAt: began }))).toMatchObject({
      processedAt: began,
      finishedAt: NOW,
    });
  });

  it('costs about 30 bytes beside its body where a job simply succeeded', () => {
    const body = new Uint8Array(140);

    const { length } = stored(finished('a', NOW, { body, processedAt: NOW - 12 }));

    expect(length - body.length).toBeLessThanOrEqual(30);
  });

  it('keeps the largest revision', () => {
    const largest = 2 ** 40 - 1;

    expect(readStored('a', stored(aJob('a'), largest)).revision).toBe(largest);
  });

  it.each([
    ['a newer format', Buffer.from([2, 0x73, 0, 0])],
    ['something else', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
  ])('is refused where it is %s', (_, bytesThere) => {
    expect(() => readStored('a', bytesThere)).toThrow(EncodingError);
  });
});
