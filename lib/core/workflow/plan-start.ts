import {
  decodePlanBody,
  encodePlanBody,
  hasOwnId,
  isGroupTemplate,
  type ChainBody,
  type GroupBody,
  type PlanBody,
  type StepTemplate,
} from '../message/plan-body.js';
import type { PrevResult } from '../message/job-terms.js';
import type { Message } from '../ports/broker.js';
import type { PlanRecord } from '../ports/record.js';
import { memberId, ownerName } from './job-ids.js';
import { jobMessage } from './job-messages.js';

export interface PlanBirth {
  readonly id: string;
  readonly generation: number;
  readonly body: PlanBody;
}

/** The message that announces a group or a chain; whoever gets it brings about all the rest. */
export function planMessage({ id, generation, body }: PlanBirth): Message {
  return {
    id,
    generation,
    kind: 'plan',
    queue: body.queue,
    priority: 0,
    fresh: false,
    body: encodePlanBody(body),
  };
}

export function memberIds({ id, generation, body }: PlanBirth): string[] {
  const members: readonly { readonly id?: string | undefined }[] =
    body.form === 'group' ? body.members : body.steps;
  const owner = ownerName(id, generation);
  return members.map((member, index) => memberId(owner, index, member.id));
}

export function planRecord(birth: PlanBirth, encoded: Uint8Array): PlanRecord {
  const ids = memberIds(birth);
  return {
    kind: 'plan',
    id: birth.id,
    generation: birth.generation,
    body: encoded,
    memberIds: ids,
    marks: ids.map(() => 'open'),
    generations: ids.map(() => 0),
    cancelled: false,
    dispatched: [],
    planId: birth.body.form === 'group' ? birth.body.chainId : undefined,
  };
}

/** What a plan sets going: all members of a group, the first step of a chain. */
export function firstMessages({ id, generation, body }: PlanBirth): Message[] {
  return body.form === 'group'
    ? groupMessages(id, generation, body)
    : stepMessages({ id, generation }, body, {
        index: 0,
        prev: undefined,
        enqueuedAt: body.enqueuedAt,
        together: body.sent,
      });
}

/** All that stands for one member: its message, and where it is a group those of its members. */
export function memberMessages(plan: PlanRecord, of: string): Message[] {
  const { id, generation } = plan;
  const body = decodePlanBody(plan.body);
  if (body.form === 'group')
    return groupMessages(id, generation, body).filter((message) => message.id === of);
  const index = plan.memberIds.indexOf(of);
  const birth = { index, prev: undefined, enqueuedAt: body.enqueuedAt, together: false };
  return stepMessages(plan, body, birth).flatMap((message) => {
    if (message.kind !== 'plan') return [message];
    const group = { ...message, body: decodePlanBody(message.body) };
    return [message, ...firstMessages(group)];
  });
}

export interface StepBirth {
  readonly index: number;
  readonly prev: PrevResult | undefined;
  /** Epoch ms. */
  readonly enqueuedAt: number;
  /** The broker accepts a group's plan and members together. */
  readonly together: boolean;
}

/** A chain's step: a job, or a group's plan, with its members unless it is to be accepted first. */
export function stepMessages(
  { id: chainId, generation }: Pick<PlanBirth, 'id' | 'generation'>,
  chain: ChainBody,
  birth: StepBirth,
): Message[] {
  const step = chain.steps[birth.index];
  if (step === undefined) return [];
  const id = memberId(ownerName(chainId, generation), birth.index, step.id);
  if (!isGroupTemplate(step))
    return [
      jobMessage(step, {
        id,
        enqueuedAt: birth.enqueuedAt,
        terms: { chainId, prev: birth.prev },
      }),
    ];
  const body = groupOfStep(step, chainId, chain, birth);
  const plan = { id, generation: step.generation ?? 1, body };
  return [planMessage(plan), ...(body.sent ? firstMessages(plan) : [])];
}

function groupOfStep(
  step: Extract<StepTemplate, { members: unknown }>,
  chainId: string,
  chain: ChainBody,
  birth: StepBirth,
): GroupBody {
  return {
    ...step,
    form: 'group',
    enqueuedAt: birth.enqueuedAt,
    queue: step.members[0]?.queue ?? chain.queue,
    sent: birth.together && !hasOwnId([step]),
    chainId,
    prev: birth.prev,
  };
}

function groupMessages(id: string, generation: number, body: GroupBody): Message[] {
  const owner = ownerName(id, generation);
  return body.members.map((member, index) =>
    jobMessage(member, {
      id: memberId(owner, index, member.id),
      enqueuedAt: body.enqueuedAt,
      terms: { groupId: id, prev: body.prev },
    }),
  );
}
