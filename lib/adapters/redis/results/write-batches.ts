import type { RecordWrite } from '../../../core/ports/results.js';

/** What one call carries at most: it takes the server about a millisecond. */
const MOST_WRITES = 512;
const MOST_BYTES = 512 * 1024;

/** Splits writes into calls, none of which has an id twice: what repeats goes into a later call. */
export function batchesOf(writes: readonly RecordWrite[]): readonly (readonly RecordWrite[])[] {
  const batches: (readonly RecordWrite[])[] = [];
  let from = 0;
  while (from < writes.length) {
    const to = endOf(writes, from);
    batches.push(from === 0 && to === writes.length ? writes : writes.slice(from, to));
    from = to;
  }
  return batches;
}

function endOf(writes: readonly RecordWrite[], from: number): number {
  const ids = new Set<string>();
  let bytes = 0;
  let to = from;
  while (to < writes.length && to - from < MOST_WRITES) {
    const record = writes[to]?.record;
    if (record === undefined || ids.has(record.id)) break;
    ids.add(record.id);
    bytes += record.body.length + (record.result?.length ?? 0);
    if (bytes > MOST_BYTES && to > from) break;
    to += 1;
  }
  return to;
}
