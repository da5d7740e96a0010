import { decodePlanBody } from '../message/plan-body.js';
import type { Message, StoredMessage } from '../ports/message.js';
import type { JobRecord, PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { RecordNews } from '../record-news.js';
import { memberMessages, planRecord } from '../workflow/plan-start.js';
import { cancelledMessage, type Cancellation } from './cancelled-record.js';
import type { JobView } from './job-view.js';

/**
 * Members that nobody has sent yet, cancelled. They have a record all the same: a worker may be about to
 * send them, and then they must not run. An id that is somebody else's is left alone.
 */
export class UnsentMembers {
  constructor(
    private readonly results: Results,
    private readonly view: JobView,
    private readonly news: RecordNews,
  ) {}

  /** Gives the generation under which the member would have been sent. */
  async cancel(plan: PlanRecord, memberId: string, cancellation: Cancellation): Promise<number> {
    const messages = memberMessages(plan, memberId);
    const groups = messages.filter(({ kind }) => kind === 'plan').map(cancelledGroup);
    if (groups.length > 0) await this.results.plan(groups);
    const jobs = messages.filter(({ kind }) => kind === 'job');
    await this.#put(
      jobs.map((message) => {
        const stored = waiting(message, cancellation.at);
        return cancelledMessage(stored, this.view.ofMessage(stored), cancellation);
      }),
    );
    return messages[0]?.generation ?? 1;
  }

  async #put(records: readonly JobRecord[]): Promise<void> {
    const replies = await this.results.put(records.map((record) => ({ record, expect: 0 })));
    records.forEach((record, index) => {
      if (replies[index]?.stored && !record.deleting) this.news.tell(record, 'cancelled');
    });
  }
}

function cancelledGroup({ id, generation, body }: Message): PlanRecord {
  const plan = planRecord({ id, generation, body: decodePlanBody(body) }, body);
  return { ...plan, cancelled: true, marks: plan.memberIds.map(() => 'cancelled') };
}

function waiting(message: Message, at: number): StoredMessage {
  return { ...message, state: 'waiting', dueAt: at, crashes: 0 };
}
