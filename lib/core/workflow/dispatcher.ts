import { planBodyOrNone } from '../message/plan-body.js';
import { bodyOrRaw } from '../message/unreadable-body.js';
import type { Broker, Message } from '../ports/broker.js';
import type { Results } from '../ports/results.js';
import type { RecordNews } from '../record-news.js';
import { followUpsOf } from './follow-ups.js';
import type { MemberEnd } from './member-end.js';
import { tooLargeJob, tooLargePlan } from './too-large.js';

/** To which group or chain a message belongs: a job to either, a group to the chain whose step it is. */
interface Place {
  readonly planId: string;
  readonly chain: boolean;
}

interface Member extends Place {
  readonly message: Message;
}

/**
 * Sends what follows from an outcome. What can never run is recorded as failed, so that every
 * workflow ends (rule 11): a follow-up too large for the broker, a member whose id is somebody else's.
 */
export class Dispatcher {
  constructor(
    private readonly broker: Broker,
    private readonly results: Results,
    private readonly now: () => number,
    private readonly news: RecordNews,
  ) {}

  /** Gives the members that ended by not being accepted. */
  async send(messages: readonly Message[]): Promise<MemberEnd[]> {
    if (messages.length === 0) return [];
    const tooLarge = this.#tooLarge(messages);
    const sendable = tooLarge.length === 0 ? messages : without(tooLarge, messages);
    const replies = await this.broker.enqueue(sendable);
    const known = sendable.filter((_, index) => replies[index] === 'known');
    return [...(await this.#refuse(tooLarge)), ...(await this.#foreign(known))];
  }

  #tooLarge(messages: readonly Message[]): readonly Message[] {
    const { maxBodyBytes } = this.broker.capabilities;
    if (maxBodyBytes === undefined) return [];
    return messages.filter(({ body }) => body.length > maxBodyBytes);
  }

  async #refuse(messages: readonly Message[]): Promise<MemberEnd[]> {
    if (messages.length === 0) return [];
    const [plans, jobs] = [messages.filter(isPlan), messages.filter((one) => !isPlan(one))];
    await this.results.plan(plans.map(tooLargePlan));
    const now = this.now();
    const records = jobs.map((message) => tooLargeJob(message, placeOf(message)?.planId, now));
    const replies = await this.results.put(records.map((record) => ({ record, expect: 0 })));
    records.forEach((record, index) => {
      if (replies[index]?.stored) this.news.tell(record, 'failed');
    });
    // Whoever sends these again sees to what follows again: it counts as dispatched at once.
    await this.send(
      records.flatMap((record) => followUpsOf({ ...record, dispatched: false }, now)),
    );
    return messages.flatMap(memberOf).map(failedMember);
  }

  /** Members whose ids were known already: by an earlier try of ours, or because they are another job's. */
  async #foreign(known: readonly Message[]): Promise<MemberEnd[]> {
    const members = known.flatMap(memberOf);
    if (members.length === 0) return [];
    const ids = members.map(({ message }) => message.id);
    const [waiting, recorded] = [await this.broker.find(ids), await this.results.get(ids)];
    return members
      .filter(({ planId }, index) => {
        const stored = waiting[index];
        const record = recorded[index]?.record;
        if (stored !== undefined) return placeOf(stored)?.planId !== planId;
        return record !== undefined && (record.kind === 'tombstone' || record.planId !== planId);
      })
      .map(failedMember);
  }
}

function memberOf(message: Message): Member[] {
  const place = placeOf(message);
  return place === undefined ? [] : [{ message, ...place }];
}

function placeOf({ kind, body }: Pick<Message, 'kind' | 'body'>): Place | undefined {
  if (kind === 'schedule') return undefined;
  if (kind === 'plan') {
    const plan = planBodyOrNone(body);
    const planId = plan?.form === 'group' ? plan.chainId : undefined;
    return planId === undefined ? undefined : { planId, chain: true };
  }
  const { groupId, chainId } = bodyOrRaw(body, 0).terms;
  const planId = groupId ?? chainId;
  return planId === undefined ? undefined : { planId, chain: groupId === undefined };
}

function failedMember({ message, planId, chain }: Member): MemberEnd {
  return { planId, memberId: message.id, generation: message.generation, status: 'failed', chain };
}

/** The rest; of a group that is left out no member is left in. */
function without(tooLarge: readonly Message[], messages: readonly Message[]): Message[] {
  const plans = new Set(tooLarge.filter(isPlan).map(({ id }) => id));
  return messages.filter((message) => {
    const planId = placeOf(message)?.planId;
    return !tooLarge.includes(message) && (planId === undefined || !plans.has(planId));
  });
}

function isPlan({ kind }: Message): boolean {
  return kind === 'plan';
}
