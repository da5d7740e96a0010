import type { Environment } from '../environment.js';
import { encodePlanBody, type PlanBody } from '../message/plan-body.js';
import type { Broker } from '../ports/broker.js';
import type { Results } from '../ports/results.js';
import type { Workflow } from '../workflow/workflow.js';
import { firstMessages, memberIds, planMessage, planRecord } from '../workflow/plan-start.js';
import type { Enqueuer } from './enqueuer.js';
import type { Sent } from './job-sender.js';
import type { KnownIds } from './known-ids.js';
import { ownIdsOfPlan, planWithGenerations } from './own-ids.js';

export interface SentPlan extends Sent {
  readonly memberIds: readonly string[];
}

/**
 * Groups and chains, from what travels to acceptance. What must be accepted together is one message
 * (rule 10): the plan. A broker that takes a batch atomically gets the first jobs along with it; with
 * any other they are sent as well, and a worker that finds them missing sends them again.
 */
export class PlanSender {
  constructor(
    private readonly parts: {
      readonly broker: Broker;
      readonly results: Results;
      readonly knownIds: KnownIds;
      readonly enqueuer: Enqueuer;
      readonly workflow: Workflow;
      readonly environment: Environment;
    },
  ) {}

  async send(own: string | undefined, compiled: PlanBody): Promise<SentPlan> {
    const ownIds = [...(own === undefined ? [] : [own]), ...ownIdsOfPlan(compiled)];
    const known = await this.parts.knownIds.lookUp(ownIds);
    const body = ownIds.length === 0 ? compiled : planWithGenerations(compiled, known);
    const id = own ?? this.parts.environment.random.id();
    const mine = known.get(id);
    const birth = { id, generation: mine?.known === false ? mine.generation : 1, body };
    const sent = { id, memberIds: memberIds(birth) };
    if (mine?.known) return { ...sent, duplicate: true };
    // With a generated id, and sent this once: like any such job they run without a look (rule 3).
    const messages = firstMessages(birth).map((first) => ({ ...first, fresh: body.sent }));
    const plan = planMessage(birth);
    const [reply] = await this.parts.enqueuer.enqueue(body.sent ? [plan, ...messages] : [plan]);
    if (reply === 'known') return { ...sent, duplicate: true };
    if (messages.length === 0) await this.#expandEmpty(birth);
    // The plan is accepted, so these may fail: whoever expands it sends them again.
    else if (!body.sent) await this.parts.enqueuer.enqueue(messages).catch(() => undefined);
    const overtaken = await this.parts.knownIds.overtaken(own === undefined ? [] : [plan]);
    return { ...sent, duplicate: overtaken.size > 0 };
  }

  /** An empty group is successful at once: nobody has to come by. */
  async #expandEmpty(birth: { id: string; generation: number; body: PlanBody }): Promise<void> {
    const { results, broker, workflow } = this.parts;
    await results.plan([planRecord(birth, encodePlanBody(birth.body))]);
    await workflow.advancer.resume(birth.id);
    await broker.remove([birth]);
  }
}
