import type { RecordWrite } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { packListsAndCounts } from './lists-and-counts.js';
import { encodeJob } from './job-encoder.js';
import { revisionBytes } from './revisions.js';

const packer = new Packer();

/** The argument of scripts/results/create.lua. */
export function createRequest(writes: readonly RecordWrite[], revision: number): Buffer {
  packRecords(writes, revision);
  packListsAndCounts(packer, writes);
  return packer.finish();
}

/** The argument of scripts/results/put.lua. */
export function putRequest(writes: readonly RecordWrite[], revision: number): Buffer {
  packRecords(writes, revision);
  packer.list(writes.length);
  for (const { expect } of writes) {
    const start = packer.open();
    if (expect !== 0) packer.uint40(expect);
    packer.close(start);
  }
  return packer.finish();
}

function packRecords(writes: readonly RecordWrite[], revision: number): void {
  packer.clear().binary(revisionBytes(revision)).list(writes.length);
  for (const { record } of writes) packer.text(record.id);
  packer.list(writes.length);
  for (const { record } of writes) {
    const start = packer.open();
    encodeJob(packer, record, revision);
    packer.close(start);
  }
}
