import { EntryList } from './entry-list.js';
import type { JobEntry } from './job-entry.js';
import { byPosition, type Position } from './position.js';

/** The jobs of one status, in the order in which they finished, or were written if they have not. */
export class Shelf {
  /** These may go by retention. */
  readonly loose = new EntryList<JobEntry>();
  /** These stay until their group or chain is released. */
  readonly pinned = new EntryList<JobEntry>();

  get size(): number {
    return this.loose.size + this.pinned.size;
  }

  add(entry: JobEntry): void {
    this.#partOf(entry).add(entry);
  }

  remove(entry: JobEntry): void {
    this.#partOf(entry).remove(entry);
  }

  /** Only what stands before `below`, where that is given. */
  newestFirst(below?: Position): Generator<JobEntry, void, undefined> {
    return merged(this.loose.before(below), this.pinned.before(below));
  }

  #partOf({ pinned }: JobEntry): EntryList<JobEntry> {
    return pinned ? this.pinned : this.loose;
  }
}

type Walk = Generator<JobEntry, void, undefined>;

function* merged(a: Walk, b: Walk): Walk {
  let [left, right] = [a.next().value, b.next().value];
  while (left !== undefined && right !== undefined) {
    if (byPosition(left, right) < 0) {
      yield right;
      right = b.next().value;
    } else {
      yield left;
      left = a.next().value;
    }
  }
  if (left !== undefined) yield left;
  if (right !== undefined) yield right;
  yield* a;
  yield* b;
}
