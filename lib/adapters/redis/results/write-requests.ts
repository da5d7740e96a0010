import type { RecordWrite } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { packListsAndCounts } from './lists-and-counts.js';
import { encodeJob } from './job-encoder.js';
import { revisionOf, tokenBytes } from './revisions.js';

const packer = new Packer();

/** The argument of scripts/results/create.lua. */
export function createRequest(writes: readonly RecordWrite[], token: number): Buffer {
  packRecords(writes, token);
  packListsAndCounts(packer, writes);
  return packer.finish();
}

/** The argument of scripts/results/put.lua. */
export function putRequest(writes: readonly RecordWrite[], token: number): Buffer {
  packRecords(writes, token);
  packer.list(writes.length);
  for (const { expect } of writes) {
    const start = packer.open();
    if (expect !== 0) packer.uint48(expect);
    packer.close(start);
  }
  return packer.finish();
}

function packRecords(writes: readonly RecordWrite[], token: number): void {
  packer.clear().binary(tokenBytes(token)).list(writes.length);
  for (const { record } of writes) packer.text(record.id);
  packer.list(writes.length);
  for (let number = 0; number < writes.length; number += 1) {
    const record = writes[number]?.record;
    if (record === undefined) continue;
    const start = packer.open();
    encodeJob(packer, record, revisionOf(token, number));
    packer.close(start);
  }
}
