import type { Tombstone } from '../../../core/ports/record.js';
import type { Position } from './position.js';

/** A deleted id as it lies in memory. */
export class TombstoneEntry implements Position {
  constructor(
    readonly record: Tombstone,
    readonly revision: number,
    /** When it was deleted. */
    readonly at: number,
  ) {}

  get id(): string {
    return this.record.id;
  }

  get order(): number {
    return this.revision;
  }
}
