import type { MarkStatus, PlanRecord } from '../../../core/ports/record.js';
import { ByteReader } from './byte-reader.js';
import type { ByteWriter } from '../scripts/byte-writer.js';
import { MARKS, PLAN_FLAGS, PLAN_HEAD_BYTES, RECORD_VERSION } from './record-layout.js';

const STATUSES_PER_GENERATION = MARKS.length;
/** Added to the status of the whole. */
const REGULAR = MARKS.length;
const NOT_RELEASED = Buffer.from('\0\0\0\0\0-', 'latin1');
/** Version and letter. */
const RECORD_HEAD_BYTES = 2;

/** Where each member stands among the others, and how many places it has. */
export type Members = ReadonlyMap<string, { readonly index: number; places: number }>;

export function membersOf({ memberIds }: PlanRecord): Members {
  const members = new Map<string, { index: number; places: number }>();
  memberIds.forEach((id, index) => {
    const known = members.get(id);
    if (known) known.places += 1;
    else members.set(id, { index, places: 1 });
  });
  return members;
}

/** True where each member is named by its plan and its place. */
export function isRegular({ id, memberIds }: PlanRecord): boolean {
  return memberIds.every((memberId, index) => memberId === `${id}:${index}`);
}

/** The part that never changes. */
export function encodePlan(writer: ByteWriter, plan: PlanRecord, members: Members): void {
  const { planId, memberIds } = plan;
  writer.byte(RECORD_VERSION);
  writer.plainText('P');
  writer.varint(plan.generation);
  const repeats = members.size < memberIds.length ? PLAN_FLAGS.repeats : 0;
  writer.byte((planId === undefined ? 0 : PLAN_FLAGS.plan) | repeats);
  if (planId !== undefined) writer.sizedText(planId);
  writer.varint(memberIds.length);
  for (const id of memberIds) writer.sizedText(id);
  writer.append(plan.body);
}

/** The part that changes, as announced. */
export function encodeState(
  writer: ByteWriter,
  plan: PlanRecord,
  members: Members,
  revision: number,
): void {
  const { memberIds, marks, generations } = plan;
  const standings = [...members.values()];
  const open = standings.filter(({ index }) => (marks[index] ?? 'open') === 'open');
  writer.uint40(revision);
  writer.uint32(open.reduce((sum, { places }) => sum + places, 0));
  writer.uint32(memberIds.length);
  writer.uint32(standings.filter(({ index }) => marks[index] !== 'successful').length);
  const whole = MARKS.indexOf(plan.cancelled ? 'cancelled' : 'open');
  writer.byte(whole + (isRegular(plan) ? REGULAR : 0));
  writer.uint48(0);
  writer.append(NOT_RELEASED);
  memberIds.forEach((_, index) => writer.uint32(slot(marks[index], generations[index])));
  for (const name of plan.dispatched) {
    const bytes = Buffer.from(name);
    writer.byte(bytes.length >> 8);
    writer.byte(bytes.length & 255);
    writer.append(bytes);
  }
}

function slot(mark: MarkStatus = 'open', generation = 0): number {
  return generation * STATUSES_PER_GENERATION + MARKS.indexOf(mark);
}

export function decodePlan(id: string, record: Buffer, state: Buffer): PlanRecord {
  const reader = new ByteReader(record, RECORD_HEAD_BYTES);
  const generation = reader.varint();
  const flags = reader.byte();
  const planId = flags & PLAN_FLAGS.plan ? reader.text() : undefined;
  const memberIds = reader.list(() => reader.text());
  const firsts = flags & PLAN_FLAGS.repeats ? memberIds.map((name) => memberIds.indexOf(name)) : [];
  const slots = memberIds.map((_, index) =>
    state.readUInt32BE(PLAN_HEAD_BYTES + 4 * (firsts[index] ?? index)),
  );
  return {
    kind: 'plan',
    id,
    generation,
    body: reader.rest(),
    memberIds,
    marks: slots.map((value) => MARKS[value % STATUSES_PER_GENERATION] ?? 'open'),
    generations: slots.map((value) => Math.floor(value / STATUSES_PER_GENERATION)),
    cancelled: MARKS[(state[AT_WHOLE] ?? 0) % REGULAR] === 'cancelled',
    dispatched: dispatchedOf(state, PLAN_HEAD_BYTES + 4 * memberIds.length),
    planId,
  };
}

/** After revision, open, members and unsuccessful. */
const AT_WHOLE = 5 + 4 + 4 + 4;

export function planRevision(state: Buffer): number {
  return new ByteReader(state).uint40();
}

function dispatchedOf(state: Buffer, from: number): string[] {
  const names: string[] = [];
  for (let at = from; at < state.length;) {
    const end = at + 2 + state.readUInt16BE(at);
    names.push(state.toString('utf8', at + 2, end));
    at = end;
  }
  return names;
}
