import type { Message, MessageKind, StoredMessage } from '../../../core/ports/message.js';
import type { Packer } from '../scripts/packer.js';

/**
 * How a message lies in Redis: a head, and the body behind it. Scripts read and write it, too: see
 * scripts/parts/broker-header.lua, which tells its layout.
 */
const KINDS: readonly MessageKind[] = ['job', 'plan', 'schedule'];
const KIND_BITS = 3;
const FRESH = 4;
const GIVEN = 8;
const HAS_DETAILS = 16;
const WAS_DELAYED = 32;

const DUE_AT = 1;
const QUEUE_AT = 7;
const HEAD_BYTES = 11;
const DETAILS_BYTES = 16;
const ORDER_BYTES = 6;

/** Six bytes; in the year 10889. What is due later is due then. */
const LATEST_MS = 2 ** 48 - 1;

/** What a message value says. */
export interface MessageFields extends Omit<StoredMessage, 'id' | 'queue' | 'state'> {
  /** Number of its queue. */
  readonly queue: number;
  readonly past: 'fresh' | 'unknown' | 'given';
  /** It was stored among those that are not due yet. */
  readonly wasDelayed: boolean;
}

const UNREADABLE = {
  kind: 'job',
  past: 'unknown',
  dueAt: 0,
  queue: 0,
  priority: 0,
  generation: 1,
  crashes: 0,
  wasDelayed: false,
} as const;

/** `dueAt`: what is written down; scripts correct it where they must. */
export function packMessage(packer: Packer, message: Message, queue: number, dueAt: number): void {
  packer.bytes(valueLength(message), (buffer, start) => {
    writeValue(message, { queue, dueAt }, buffer, start);
  });
}

/** The same, as a value by itself. */
export function messageValue(message: Message, queue: number, dueAt: number): Buffer {
  const value = Buffer.allocUnsafe(valueLength(message));
  writeValue(message, { queue, dueAt }, value, 0);
  return value;
}

function isDetailed({ priority, generation }: Message): boolean {
  return priority !== 0 || generation !== 1;
}

function valueLength(message: Message): number {
  return HEAD_BYTES + (isDetailed(message) ? DETAILS_BYTES : 0) + message.body.length;
}

function writeValue(
  message: Message,
  { queue, dueAt }: Pick<MessageFields, 'queue' | 'dueAt'>,
  buffer: Buffer,
  start: number,
): void {
  const { kind, fresh, priority, generation, body } = message;
  const detailed = isDetailed(message);
  buffer[start] = KINDS.indexOf(kind) + (fresh ? FRESH : 0) + (detailed ? HAS_DETAILS : 0);
  buffer.writeUIntBE(storable(dueAt), start + DUE_AT, 6);
  buffer.writeUInt32BE(queue, start + QUEUE_AT);
  const detailsAt = start + HEAD_BYTES;
  if (detailed) {
    buffer.writeBigInt64BE(BigInt(priority), detailsAt);
    buffer.writeUInt32BE(generation, detailsAt + 8);
    buffer.writeUInt32BE(0, detailsAt + 12);
  }
  buffer.set(body, detailed ? detailsAt + DETAILS_BYTES : detailsAt);
}

/** What is too short to be one, because others than we have written it, is all body, of no queue. */
export function readMessage(value: Buffer): MessageFields {
  const flags = value[0] ?? 0;
  const detailed = (flags & HAS_DETAILS) !== 0;
  const wasDelayed = (flags & WAS_DELAYED) !== 0;
  const bodyAt = HEAD_BYTES + (detailed ? DETAILS_BYTES : 0) + (wasDelayed ? ORDER_BYTES : 0);
  if (value.length < bodyAt) return { ...UNREADABLE, body: value };
  return {
    kind: KINDS[flags & KIND_BITS] ?? 'job',
    past: flags & FRESH ? 'fresh' : flags & GIVEN ? 'given' : 'unknown',
    dueAt: value.readUIntBE(DUE_AT, 6),
    queue: value.readUInt32BE(QUEUE_AT),
    priority: detailed ? Number(value.readBigInt64BE(HEAD_BYTES)) : 0,
    generation: detailed ? value.readUInt32BE(HEAD_BYTES + 8) : 1,
    crashes: detailed ? value.readUInt32BE(HEAD_BYTES + 12) : 0,
    wasDelayed,
    body: value.subarray(bodyAt),
  };
}

/** An instant as a message can hold it. */
export function storable(instant: number): number {
  return Math.min(LATEST_MS, Math.max(0, Math.trunc(instant)));
}
