import type { RecordWrite, WriteReply } from '../../../core/ports/results.js';
import { JobEntry } from './job-entry.js';
import { versioned, type Entry, type Ledger } from './ledger.js';
import type { PlanKeeper } from './plan-keeper.js';
import { TombstoneEntry } from './tombstone-entry.js';

/** Compare and set: a new state is stored if what it was computed from is still there. */
export class JobWrites {
  constructor(
    private readonly ledger: Ledger,
    private readonly keeper: PlanKeeper,
  ) {}

  write(write: RecordWrite): WriteReply {
    const { record } = write;
    const entry = this.ledger.find(record.id);
    if (!fits(entry, write)) return { stored: false, current: entry && versioned(entry) };
    const pinned = this.keeper.mustStay(record);
    const revision =
      entry instanceof JobEntry
        ? this.ledger.changeJob(entry, record, pinned)
        : this.ledger.addJob(record, pinned, entry);
    return { stored: true, revision };
  }
}

/** A plan is never overwritten, and a tombstone gives way to a higher generation alone. */
function fits(entry: Entry | undefined, { record, expect }: RecordWrite): boolean {
  if (entry === undefined) return expect === 0;
  if (entry instanceof JobEntry) return expect === entry.revision;
  return (
    entry instanceof TombstoneEntry &&
    entry.record.generation < record.generation &&
    (expect === 0 || expect === entry.revision)
  );
}
