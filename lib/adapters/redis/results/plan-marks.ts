import type { PlanRecord } from '../../../core/ports/record.js';
import type { Mark, MarkReply, PlanEnds, PlanProgress } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { buffer, integer, list } from '../scripts/reply.js';
import { Script } from '../scripts/script.js';
import { readProgress } from './plan-progress.js';
import { readStored } from './stored-records.js';
import { MARKS } from './record-layout.js';
import type { ResultsServer } from './results-server.js';
import { type Revisions, revisionBytes } from './revisions.js';

/** Of marks, plans or ids in one call: it takes the server about a millisecond. */
const MOST = 256;

const mark = new Script('results/mark');
const dispatched = new Script('results/dispatched');
const release = new Script('results/release');
const deletion = new Script('results/delete');
const packer = new Packer();

/** On the wire; where a mark does not say, it is 0. */
const SHOWN = { ended: 1, always: 2 } as const;

/** What is said of groups and chains, and of ids that go. */
export class PlanMarks {
  constructor(
    private readonly server: ResultsServer,
    private readonly revisions: Revisions,
  ) {}

  async mark(marks: readonly Mark[]): Promise<readonly (MarkReply | undefined)[]> {
    const latest = new Map<string, MarkReply | undefined>();
    for (const part of partsOf(marks)) {
      this.#begin().list(part.length * 5);
      for (const { planId, memberId, generation, status, show } of part) {
        packer.text(planId).optional(memberId).number(generation).number(MARKS.indexOf(status));
        packer.number(show ? SHOWN[show] : 0);
      }
      const [progress, shown] = list(await this.server.run(mark, packer.finish()));
      const replies = readProgress(list(progress));
      const plans = readShown(list(shown), part);
      for (const [index, { planId }] of part.entries())
        latest.set(planId, withPlan(replies[index], plans.get(planId)));
    }
    return marks.map(({ planId }) => latest.get(planId));
  }

  async dispatched(plans: readonly PlanEnds[]): Promise<void> {
    for (const part of partsOf(plans)) {
      this.#begin().list(part.length);
      for (const { planId, ends } of part) packer.list(2).text(planId).texts(ends);
      await this.server.run(dispatched, packer.finish());
    }
  }

  async release(planIds: readonly string[]): Promise<void> {
    for (const part of partsOf(planIds))
      await this.server.run(release, this.#begin().texts(part).finish());
  }

  async delete(entries: readonly { readonly id: string; readonly generation: number }[]) {
    for (const part of partsOf(entries)) {
      this.#begin().list(part.length * 2);
      for (const { id, generation } of part) packer.text(id).number(generation);
      await this.server.run(deletion, packer.finish());
    }
  }

  #begin(): Packer {
    packer.clear().binary(revisionBytes(this.revisions.next()));
    return packer;
  }
}

function readShown(shown: readonly unknown[], marks: readonly Mark[]): Map<string, PlanRecord> {
  const plans = new Map<string, PlanRecord>();
  for (let at = 0; at < shown.length; at += 3) {
    const [number, record, state] = shown.slice(at, at + 3);
    const id = marks[integer(number) - 1]?.planId ?? '';
    const found = record === null ? undefined : readStored(id, buffer(record), buffer(state));
    if (found?.record.kind === 'plan') plans.set(id, found.record);
  }
  return plans;
}

function withPlan(
  progress: PlanProgress | undefined,
  plan: PlanRecord | undefined,
): MarkReply | undefined {
  return progress && plan ? { ...progress, plan } : progress;
}

function partsOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= MOST) return items.length === 0 ? [] : [items];
  const parts: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += MOST) parts.push(items.slice(from, from + MOST));
  return parts;
}
