import type { JobRecord } from '../../../core/ports/record.js';
import type { Position } from './position.js';

/** A job as it lies in memory. There may be hundreds of thousands: five words and no more. */
export class JobEntry implements Position {
  record: JobRecord;
  revision: number;
  /** The revision with which it took its place on its shelf. */
  order: number;
  /** Its outcome is kept until the group or chain it belongs to is released. */
  pinned: boolean;

  constructor(record: JobRecord, revision: number, pinned: boolean) {
    this.record = record;
    this.revision = revision;
    this.order = revision;
    this.pinned = pinned;
  }

  get id(): string {
    return this.record.id;
  }

  /** Unfinished jobs stand in the order of their writes alone. */
  get at(): number {
    return this.record.finishedAt ?? 0;
  }
}
