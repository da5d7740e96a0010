import type { RecordWrite } from '../../../core/ports/results.js';

/** What one call carries at most: it takes the server about a millisecond. */
const MOST_WRITES = 256;
const MOST_BYTES = 512 * 1024;

export interface WriteBatch {
  readonly writes: readonly RecordWrite[];
  /** Nothing is expected to be there, and no id comes twice. */
  readonly allNew: boolean;
}

/** `repeats`: an id comes twice in all. */
export function batchesOf(writes: readonly RecordWrite[]): {
  readonly batches: readonly WriteBatch[];
  readonly repeats: boolean;
} {
  const repeats = hasRepeats(writes);
  const batches: WriteBatch[] = [];
  let from = 0;
  while (from < writes.length) {
    const to = endOf(writes, from);
    const part = from === 0 && to === writes.length ? writes : writes.slice(from, to);
    batches.push({ writes: part, allNew: !repeats && part.every(({ expect }) => expect === 0) });
    from = to;
  }
  return { batches, repeats };
}

function endOf(writes: readonly RecordWrite[], from: number): number {
  let bytes = 0;
  let to = from;
  while (to < writes.length && to - from < MOST_WRITES) {
    const record = writes[to]?.record;
    bytes += (record?.body.length ?? 0) + (record?.result?.length ?? 0);
    if (bytes > MOST_BYTES && to > from) break;
    to += 1;
  }
  return to;
}

function hasRepeats(writes: readonly RecordWrite[]): boolean {
  if (writes.length < 2) return false;
  const ids = new Set<string>();
  for (const { record } of writes) ids.add(record.id);
  return ids.size < writes.length;
}
