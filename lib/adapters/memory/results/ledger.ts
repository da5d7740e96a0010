import { isFinal, type FinalStatus } from '../../../core/job-status.js';
import type { JobRecord, PlanRecord, Tombstone, Versioned } from '../../../core/ports/record.js';
import { IdIndex } from '../id-index.js';
import { EntryList } from './entry-list.js';
import { JobEntry } from './job-entry.js';
import { JobShelves } from './job-shelves.js';
import { PlanEntry } from './plan-entry.js';
import { TombstoneEntry } from './tombstone-entry.js';

export type Entry = JobEntry | PlanEntry | TombstoneEntry;

/**
 * What lies under each id, and where it is listed: every change of an entry goes through here, so
 * that the lists, the revisions and those who watch agree with it. It takes no decision.
 */
export class Ledger {
  readonly jobs = new JobShelves();
  /** In the order of their release. */
  readonly releasedPlans: Readonly<Record<FinalStatus, EntryList<PlanEntry>>> = {
    successful: new EntryList(),
    failed: new EntryList(),
    cancelled: new EntryList(),
  };
  /** In the order of their deletion. */
  readonly tombstones = new EntryList<TombstoneEntry>();

  readonly #entries = new IdIndex<Entry>();
  readonly #onChange: (id: string) => void;
  #revision = 0;

  constructor(onChange: (id: string) => void) {
    this.#onChange = onChange;
  }

  find(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Where nothing is, or `replaced`. */
  addJob(record: JobRecord, pinned: boolean, replaced?: Entry): number {
    if (replaced) this.#unlist(replaced);
    const entry = new JobEntry(record, this.#next(record.id), pinned);
    this.#entries.set(entry);
    this.jobs.add(entry);
    return entry.revision;
  }

  changeJob(entry: JobEntry, record: JobRecord, pinned: boolean): number {
    const stays = keepsItsPlace(entry.record, record);
    this.jobs.remove(entry);
    entry.record = record;
    entry.revision = this.#next(record.id);
    entry.pinned = pinned;
    if (!stays) entry.order = entry.revision;
    this.jobs.add(entry);
    return entry.revision;
  }

  /** Where nothing is, or `replaced`. */
  addPlan(plan: PlanRecord, replaced?: Entry): PlanEntry {
    if (replaced) this.#unlist(replaced);
    const entry = new PlanEntry(plan, this.#next(plan.id));
    this.#entries.set(entry);
    return entry;
  }

  planChanged(entry: PlanEntry): void {
    entry.revision = this.#next(entry.id);
  }

  /** From `at` on the plan may go by retention. */
  release(entry: PlanEntry, at: number): void {
    if (entry.releasedAs !== undefined) return;
    entry.releasedAs = entry.outcome;
    entry.at = at;
    entry.order = entry.revision;
    this.releasedPlans[entry.releasedAs].add(entry);
  }

  /** Undoes a release: the plan stays. */
  keep(entry: PlanEntry): void {
    if (entry.releasedAs !== undefined) this.releasedPlans[entry.releasedAs].remove(entry);
    entry.releasedAs = undefined;
  }

  /** Where nothing is, or `replaced`. */
  addTombstone(tombstone: Tombstone, at: number, replaced?: Entry): void {
    if (replaced) this.#unlist(replaced);
    const entry = new TombstoneEntry(tombstone, this.#next(tombstone.id), at);
    this.#entries.set(entry);
    this.tombstones.add(entry);
  }

  forget(entry: Entry): void {
    const { id } = entry;
    this.#unlist(entry);
    this.#entries.delete(id);
    this.#onChange(id);
  }

  #unlist(entry: Entry): void {
    if (entry instanceof JobEntry) this.jobs.remove(entry);
    else if (entry instanceof PlanEntry) this.keep(entry);
    else this.tombstones.remove(entry);
  }

  #next(id: string): number {
    this.#onChange(id);
    return (this.#revision += 1);
  }
}

export function versioned({ record, revision }: Entry): Versioned {
  return { record, revision };
}

/** Unfinished jobs move up with every write, finished ones stand where they finished. */
function keepsItsPlace(old: JobRecord, next: JobRecord): boolean {
  return isFinal(next.status) && next.status === old.status && next.finishedAt === old.finishedAt;
}
