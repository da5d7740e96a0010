import { Buffer } from 'node:buffer';
import { EncodingError } from '../../../../core/errors.js';
import type { PlanRecord, StoredRecord } from '../../../../core/ports/record.js';
import { decodeOwnJson } from '../messages/own-json.js';
import { headOfJob, jobOfHead, type JobHead } from './job-head.js';

/** A record as bytes: version (1), length of its head (4), the head as JSON, then its bytes. */
const VERSION = 1;
const HEAD_AT = 5;

type PlanState = Pick<PlanRecord, 'marks' | 'generations' | 'cancelled' | 'dispatched'>;

/** As it was announced: how its members stand since is told elsewhere. */
type PlanHead = readonly [
  kind: 'p',
  id: string,
  generation: number,
  memberIds: readonly string[],
  planId?: string | null | undefined,
  /** Unless nothing has been marked. */
  state?: PlanState | null | undefined,
];
type TombstoneHead = readonly [kind: 't', id: string, generation: number];
type Head = JobHead | PlanHead | TombstoneHead;

export function encodeRecord(record: StoredRecord): Uint8Array {
  if (record.kind === 'job')
    return frame(headOfJob(record), [record.body, record.result, record.progress]);
  if (record.kind === 'plan') return frame(headOfPlan(record), [record.body]);
  return frame(['t', record.id, record.generation], []);
}

/** Throws EncodingError on what a newer release wrote, or somebody else. */
export function decodeRecord(data: Uint8Array): StoredRecord {
  if (data[0] !== VERSION) throw unreadable(data[0]);
  const { buffer, byteOffset, byteLength } = data;
  const headEnd = HEAD_AT + new DataView(buffer, byteOffset, byteLength).getUint32(1);
  const head = decodeOwnJson<Head>(data.subarray(HEAD_AT, headEnd));
  const rest = data.subarray(headEnd);
  if (head[0] === 'j') return jobOfHead(head, cut(rest, head[2]));
  if (head[0] === 'p') return planOfHead(head, rest);
  return { kind: 'tombstone', id: head[1], generation: head[2] };
}

function headOfPlan(plan: PlanRecord): PlanHead {
  const { id, generation, memberIds, marks, generations, cancelled, dispatched, planId } = plan;
  const isNew = !cancelled && dispatched.length === 0 && marks.every((mark) => mark === 'open');
  const state = isNew ? undefined : { marks, generations, cancelled, dispatched };
  return ['p', id, generation, memberIds, planId, state];
}

function planOfHead([, id, generation, memberIds, planId, state]: PlanHead, body: Uint8Array) {
  const untouched: PlanState = {
    marks: memberIds.map(() => 'open'),
    generations: memberIds.map(() => 0),
    cancelled: false,
    dispatched: [],
  };
  const announced = { id, generation, memberIds, body, planId: planId ?? undefined };
  return { kind: 'plan', ...announced, ...(state ?? untouched) } satisfies PlanRecord;
}

function frame(head: Head, parts: readonly (Uint8Array | undefined)[]): Uint8Array {
  const text = JSON.stringify(
    head.slice(0, 1 + head.findLastIndex((field) => field !== undefined)),
  );
  const headLength = Buffer.byteLength(text);
  const bodyLength = parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
  const framed = Buffer.allocUnsafe(HEAD_AT + headLength + bodyLength);
  framed[0] = VERSION;
  framed.writeUInt32BE(headLength, 1);
  framed.write(text, HEAD_AT);
  let at = HEAD_AT + headLength;
  for (const part of parts) {
    if (part === undefined) continue;
    framed.set(part, at);
    at += part.length;
  }
  return framed;
}

function cut(rest: Uint8Array, lengths: readonly number[]): (Uint8Array | undefined)[] {
  let at = 0;
  return lengths.map((length) => {
    if (length < 0) return undefined;
    at += length;
    return rest.subarray(at - length, at);
  });
}

function unreadable(version = 0): EncodingError {
  return new EncodingError(
    `a record in NATS has format version ${version}, this release reads ${VERSION}: ` +
      'finish the rolling upgrade, or give this application a prefix of its own',
  );
}
