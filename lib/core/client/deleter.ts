import { NotFoundError } from '../errors.js';
import { isFinal } from '../job-status.js';
import type { Broker } from '../ports/broker.js';
import type { PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { RecordNews } from '../record-news.js';
import type { Workflow } from '../workflow/workflow.js';
import type { Canceller } from './canceller.js';
import type { Found } from './finder.js';
import type { Reader } from './reader.js';

/** Deleting cancels what has no outcome, so that groups and chains end, and leaves a tombstone (rule 6). */
export class Deleter {
  constructor(
    private readonly parts: {
      readonly broker: Broker;
      readonly results: Results;
      readonly reader: Reader;
      readonly canceller: Canceller;
      readonly workflow: Workflow;
      readonly news: RecordNews;
    },
  ) {}

  /** Throws NotFoundError. */
  async delete(id: string): Promise<void> {
    const found = await this.parts.reader.find(id);
    if (found === undefined)
      throw new NotFoundError(
        `nothing to delete: '${id}' was never enqueued, was deleted, or is past its retention`,
      );
    if (!hasEnded(found)) await this.parts.canceller.cancel(id, 'deleted');
    if (found.kind === 'plan') await this.#deleteMembers(found.plan);
    if (found.kind === 'message' && found.message.kind === 'schedule') return;
    await this.#bury(id);
  }

  async #deleteMembers(plan: PlanRecord): Promise<void> {
    for (const id of plan.memberIds)
      if (await this.parts.reader.member(plan, id))
        await this.delete(id).catch((error: unknown) => {
          if (!(error instanceof NotFoundError)) throw error;
        });
  }

  async #bury(id: string): Promise<void> {
    const { broker, results, workflow } = this.parts;
    const [found] = await results.get([id]);
    if (found === undefined || found.record.kind === 'tombstone') return;
    const { record, revision } = found;
    // Its worker may have died before it told anybody: the last trace of the outcome goes with it.
    if (record.kind === 'job' && isFinal(record.status))
      await workflow.aftermath.follow([{ record, revision }]);
    await broker.remove([record]);
    await results.delete([record]);
    if (record.kind === 'job') this.parts.news.tell(record, 'deleted');
  }
}

function hasEnded(found: Found): boolean {
  return found.kind === 'job' && isFinal(found.record.status);
}
