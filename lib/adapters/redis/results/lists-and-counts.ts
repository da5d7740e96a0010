import { isFinal } from '../../../core/job-status.js';
import type { JobRecord } from '../../../core/ports/record.js';
import type { RecordWrite } from '../../../core/ports/results.js';
import type { Packer } from '../scripts/packer.js';
import { LETTERS } from './record-layout.js';

/** What scripts/results/create.lua needs beside the records: which go into which list, and the counts. */
export function packListsAndCounts(packer: Packer, writes: readonly RecordWrite[]): void {
  packLists(packer, writes);
  packCounts(packer, writes);
}

/** Neighbours of one status, mostly all. */
function packLists(packer: Packer, writes: readonly RecordWrite[]): void {
  const ends: number[] = [];
  for (let index = 1; index <= writes.length; index += 1)
    if (writes[index]?.record.status !== writes[index - 1]?.record.status) ends.push(index);
  packer.list(ends.length * 3);
  let from = 0;
  for (const end of ends) {
    packer.text(LETTERS[writes[from]?.record.status ?? 'queued']);
    packer.number(from + 1).number(end);
    from = end;
  }
}

/** How many finish in each queue; neighbours are mostly of one. */
function packCounts(packer: Packer, writes: readonly RecordWrite[]): void {
  const counts = new Map<string, number>();
  let last: JobRecord | undefined;
  let field = '';
  for (const { record } of writes) {
    if (!isFinal(record.status)) continue;
    if (record.queue !== last?.queue || record.status !== last.status)
      field = LETTERS[record.status] + record.queue;
    last = record;
    counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  packer.list(counts.size * 2);
  for (const [name, by] of counts) packer.text(name).number(by);
}
