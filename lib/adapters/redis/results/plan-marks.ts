import type { Mark, PlanProgress } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { list } from '../scripts/reply.js';
import { Script } from '../scripts/script.js';
import { readProgress } from './plan-progress.js';
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

/** What is said of groups and chains, and of ids that go. */
export class PlanMarks {
  constructor(
    private readonly server: ResultsServer,
    private readonly revisions: Revisions,
  ) {}

  async mark(marks: readonly Mark[]): Promise<readonly (PlanProgress | undefined)[]> {
    const latest = new Map<string, PlanProgress | undefined>();
    for (const part of partsOf(marks)) {
      this.#begin().list(part.length * 4);
      for (const { planId, memberId, generation, status } of part)
        packer.text(planId).optional(memberId).number(generation).number(MARKS.indexOf(status));
      const progress = readProgress(list(await this.server.run(mark, packer.finish())));
      for (const [index, { planId }] of part.entries()) latest.set(planId, progress[index]);
    }
    return marks.map(({ planId }) => latest.get(planId));
  }

  async dispatched(planId: string, ends: readonly string[]): Promise<void> {
    await this.server.run(dispatched, this.#begin().text(planId).texts(ends).finish());
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

function partsOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= MOST) return items.length === 0 ? [] : [items];
  const parts: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += MOST) parts.push(items.slice(from, from + MOST));
  return parts;
}
