import type { FinalStatus } from '../../../core/job-status.js';
import type { PlanRecord } from '../../../core/ports/record.js';
import type { Mark, PlanProgress } from '../../../core/ports/results.js';
import type { Position } from './position.js';
import { Standing } from './standing.js';

/** A group or a chain as it lies in memory: marking one of many members costs as much as of few. */
export class PlanEntry implements Position {
  /** Since when it ages, once it is released; and the revision that it had then. */
  at = 0;
  order = 0;
  /** By which retention it ages. */
  releasedAs: FinalStatus | undefined;

  readonly #announced: PlanRecord;
  readonly #members = new Map<string, Standing>();
  readonly #whole: Standing;
  #open = 0;
  #dispatched: readonly string[];
  /** Made when asked for; undefined again with every change. */
  #record: PlanRecord | undefined;

  constructor(
    announced: PlanRecord,
    public revision: number,
  ) {
    this.#announced = announced;
    this.#dispatched = announced.dispatched;
    this.#whole = new Standing(announced.cancelled ? 'cancelled' : 'open', 0, 0);
    announced.memberIds.forEach((id, index) => this.#admit(id, index));
  }

  get record(): PlanRecord {
    return (this.#record ??= this.#compose());
  }

  get id(): string {
    return this.#announced.id;
  }

  get memberIds(): readonly string[] {
    return this.#announced.memberIds;
  }

  get planId(): string | undefined {
    return this.#announced.planId;
  }

  get progress(): PlanProgress {
    return { members: this.memberIds.length, open: this.#open };
  }

  get outcome(): FinalStatus {
    if (this.#cancelled) return 'cancelled';
    const successful = [...this.#members.values()].every(({ status }) => status === 'successful');
    return successful ? 'successful' : 'failed';
  }

  /** False when the mark changes nothing. */
  mark(mark: Mark): boolean {
    const standing = mark.memberId === undefined ? this.#whole : this.#members.get(mark.memberId);
    if (standing === undefined) return false;
    const openBefore = standing.open;
    if (!standing.take(mark)) return false;
    this.#open += standing.open - openBefore;
    this.#record = undefined;
    return true;
  }

  /** False when all of these ends were noted already. */
  noteDispatched(ends: readonly string[]): boolean {
    const noted = [...new Set([...this.#dispatched, ...ends])];
    if (noted.length === this.#dispatched.length) return false;
    this.#dispatched = noted;
    this.#record = undefined;
    return true;
  }

  get #cancelled(): boolean {
    return this.#whole.status === 'cancelled';
  }

  #compose(): PlanRecord {
    const standings = this.memberIds.map((id) => this.#members.get(id));
    return {
      ...this.#announced,
      marks: standings.map((standing) => standing?.status ?? 'open'),
      generations: standings.map((standing) => standing?.generation ?? 0),
      cancelled: this.#cancelled,
      dispatched: this.#dispatched,
    };
  }

  #admit(id: string, index: number): void {
    const { marks, generations } = this.#announced;
    const known = this.#members.get(id);
    const standing = known ?? new Standing(marks[index] ?? 'open', generations[index] ?? 0, 0);
    standing.places += 1;
    this.#open += standing.status === 'open' ? 1 : 0;
    if (known === undefined) this.#members.set(id, standing);
  }
}
