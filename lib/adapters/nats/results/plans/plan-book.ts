import type { PlanRecord } from '../../../../core/ports/record.js';
import type { Mark, PlanProgress } from '../../../../core/ports/results.js';
import type { Held, RecordBook } from '../records/record-book.js';
import type { PlanDesk } from './plan-desk.js';
import { isPlan, type PlanReader } from './plan-reader.js';
import type { PlanWriter } from './plan-writer.js';

interface PlanBookParts {
  readonly book: RecordBook;
  readonly desk: PlanDesk;
  readonly reader: PlanReader;
  readonly writer: PlanWriter;
  readonly now: () => number;
}

/** Groups and chains: announced once, marked in whatever order the marks arrive. */
export class PlanBook {
  constructor(private readonly parts: PlanBookParts) {}

  /** Stores it if nothing stands in the way; undefined where something does that is no plan. */
  async store(plan: PlanRecord): Promise<PlanProgress | undefined> {
    const kept = await this.parts.book.announce(plan);
    if (!kept.stored)
      return isPlan(kept.current)
        ? (await this.parts.reader.complete(kept.current)).standings.progress
        : undefined;
    const held: Held<PlanRecord> = { record: plan, seq: kept.seq, at: kept.at };
    return (await this.parts.reader.complete(held)).standings.progress;
  }

  mark(mark: Mark): Promise<PlanProgress | undefined> {
    return this.parts.desk.change(mark.planId, { kind: 'mark', mark });
  }

  async noteDispatched(planId: string, ends: readonly string[]): Promise<void> {
    await this.parts.desk.change(planId, { kind: 'dispatched', ends });
  }

  async release(planId: string): Promise<void> {
    await this.parts.desk.change(planId, { kind: 'release', at: this.parts.now() });
  }

  /** After its record was turned into a tombstone: what was said of it must not count for the next. */
  async forget(planId: string): Promise<void> {
    this.parts.desk.forget(planId);
    for (;;) {
      const found = await this.parts.reader.load(planId);
      const nothingSaid = found.marksSeq === 0 || 'plan' in found;
      if (nothingSaid || found.document?.kind === 'void') return;
      if ((await this.parts.writer.write(planId, { kind: 'void' }, found.marksSeq)) !== undefined)
        return;
    }
  }
}
