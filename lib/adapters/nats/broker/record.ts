import type { Message, MessageKind, StoredMessage } from '../../../core/ports/message.js';
import type { Stored } from '../connection/jetstream.js';
import { fromToken } from '../connection/subject-token.js';

/** What is stored of a message that is more than a fresh job: its whole truth, but for the claim. */
export interface Record {
  readonly id: string;
  readonly generation: number;
  readonly kind: MessageKind;
  readonly queue: string;
  readonly priority: number;
  readonly dueAt: number;
  readonly crashes: number;
  /** `given`: somebody may have been given it. Otherwise it is fresh, or a resend perhaps. */
  readonly past: 'fresh' | 'unknown' | 'given';
  readonly body: Uint8Array;
}

/** A record as it lies in the stream. Its revision names the one ticket that stands for it. */
export interface StoredRecord extends Record {
  readonly revision: number;
  /** Of the write: told apart when it may have been sent twice. */
  readonly nonce: string;
}

type Head = readonly [
  nonce: string,
  id: string,
  generation: number,
  kind: MessageKind,
  queue: string,
  priority: number,
  dueAt: number,
  crashes: number,
  past: Record['past'],
];

const END_OF_HEAD = 10;
const HEAD_FIELDS = 9;

export function encodeRecord(record: Record, nonce: string): Uint8Array {
  const { id, generation, kind, queue, priority, dueAt, crashes, past, body } = record;
  const head: Head = [nonce, id, generation, kind, queue, priority, dueAt, crashes, past];
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/** What others than we have put in the place of a record is all body, of a job in no queue. */
export function decodeRecord({ data, sequence, subject }: Stored): StoredRecord {
  const end = data.indexOf(END_OF_HEAD);
  const head = headOf(data.subarray(0, Math.max(0, end)));
  if (head === undefined) {
    const id = fromToken(subject.split('.').at(-1) ?? '');
    return { ...UNREADABLE, id, body: new Uint8Array(data), revision: sequence };
  }
  const [nonce, id, generation, kind, queue, priority, dueAt, crashes, past] = head;
  const body = data.slice(end + 1);
  const message = { id, generation, kind, queue, priority, dueAt, crashes, past, body };
  return { ...message, revision: sequence, nonce };
}

const UNREADABLE = {
  generation: 1,
  kind: 'job',
  queue: '',
  priority: 0,
  dueAt: 0,
  crashes: 0,
  past: 'unknown',
  nonce: '',
} as const;

function headOf(bytes: Uint8Array): Head | undefined {
  try {
    const head: unknown = JSON.parse(Buffer.from(bytes).toString());
    return isHead(head) ? head : undefined;
  } catch {
    return undefined;
  }
}

/** A list of so many is written by encodeRecord alone. */
function isHead(head: unknown): head is Head {
  return Array.isArray(head) && head.length === HEAD_FIELDS;
}

/** A new message; what is due already became due now, but the slot of a schedule is told as it was set. */
export function recordOf(message: Message, now: number): Record {
  const { id, generation, kind, queue, priority, fresh, body } = message;
  const dueAt = dueAtOf(kind, message.dueAt ?? now + (message.delayMs ?? 0), now);
  const past = fresh ? 'fresh' : 'unknown';
  return { id, generation, kind, queue, priority, dueAt, crashes: 0, past, body };
}

export function dueAtOf(kind: MessageKind, dueAt: number, now: number): number {
  return kind === 'schedule' ? dueAt : Math.max(now, Math.ceil(dueAt));
}

export function stateOf(record: Record, now: number): StoredMessage['state'] {
  if (record.dueAt <= now) return 'waiting';
  return record.past === 'given' ? 'retrying' : 'delayed';
}
