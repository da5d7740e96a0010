import { mostBytes, mostBytesOfText, writeValue, type EncodedValue } from '../encoded-value.js';
import { EncodingError } from '../errors.js';
import { lasting } from '../slab.js';

/** What a body holds. The numbers are on the wire: never reuse one. */
export const FORMS = { job: 1, plan: 2, schedule: 3 } as const;
export type Form = keyof typeof FORMS;

/** Raised with every change that an older reader would misread. */
export const WIRE_VERSION = 1;

/** The parts of a body: a short head that every job needs, and a tail for what few have. */
export interface Frame<Value extends EncodedValue = Uint8Array> {
  readonly form: Form;
  /** Epoch ms. */
  readonly enqueuedAt: number;
  /** Empty for plans and schedules. */
  readonly task: string;
  readonly payload: Value;
  /** JSON, with bytes replaced by their index in `attachments`; undefined for a plain job. */
  readonly header?: unknown;
  readonly attachments: readonly Value[];
}

/** The body comes from a newer release than this one; a newer worker can read it. */
export class NewerVersionError extends EncodingError {
  constructor(readonly version: number) {
    super(
      `the message has format version ${version}, this worker reads up to ${WIRE_VERSION}: ` +
        'finish the rolling upgrade of your workers, then retry the job',
    );
  }
}

/** version, form, enqueuedAt, length of the task's name */
const HEAD_BYTES = 1 + 1 + 6 + 2;
const FORM_AT = 1;
const ENQUEUED_AT = 2;
const TASK_LENGTH_AT = 8;
/** With the form: a tail follows the payload, whose length is then told. */
const HAS_TAIL = 0x80;
const LENGTH_BYTES = 4;
const NO_ATTACHMENTS: readonly Uint8Array[] = [];
const NO_TAIL: readonly EncodedValue[] = [];

/**
 * Layout: head, task, payload. With a tail, the length of the payload before it, and behind it: header
 * length, header, and per attachment length and bytes. There are millions of plain jobs: they do without.
 */
export function encodeFrame(frame: Frame<EncodedValue>): Uint8Array {
  const { task, payload } = frame;
  const tail = tailOf(frame);
  const most = HEAD_BYTES + mostBytesOfText(task) + LENGTH_BYTES + mostBytes(payload);
  lasting.reserve(most + mostTailBytes(tail));
  const { buffer, start } = lasting;
  const taskAt = start + HEAD_BYTES;
  const taskEnd = taskAt + buffer.write(task, taskAt);
  buffer[start] = WIRE_VERSION;
  buffer[start + FORM_AT] = FORMS[frame.form] + (tail === NO_TAIL ? 0 : HAS_TAIL);
  buffer.writeUIntBE(Math.trunc(frame.enqueuedAt), start + ENQUEUED_AT, 6);
  buffer.writeUInt16BE(taskEnd - taskAt, start + TASK_LENGTH_AT);
  if (tail === NO_TAIL) return lasting.cut(writeValue(buffer, payload, taskEnd));
  return lasting.cut(writeTail(buffer, taskEnd, [payload, ...tail]));
}

/** Throws EncodingError on anything that `encodeFrame` did not write. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const buffer = asBuffer(bytes);
  if (buffer.length < HEAD_BYTES) throw broken(`it has ${buffer.length} bytes`);
  const version = buffer[0] ?? 0;
  if (version > WIRE_VERSION) throw new NewerVersionError(version);
  const formByte = buffer[FORM_AT] ?? 0;
  const form = formOf(formByte & ~HAS_TAIL);
  if (version === 0 || form === undefined) throw broken('it does not begin like one');
  const enqueuedAt = buffer.readUIntBE(ENQUEUED_AT, 6);
  const taskEnd = HEAD_BYTES + buffer.readUInt16BE(TASK_LENGTH_AT);
  if (taskEnd > buffer.length) throw broken('it is cut off');
  const task = buffer.toString('utf8', HEAD_BYTES, taskEnd);
  if ((formByte & HAS_TAIL) === 0) {
    const payload = buffer.subarray(taskEnd);
    return { form, enqueuedAt, task, payload, header: undefined, attachments: NO_ATTACHMENTS };
  }
  const [payload, header, ...attachments] = readTail(buffer, taskEnd);
  if (payload === undefined) throw broken('it is cut off');
  return { form, enqueuedAt, task, payload, header: parseHeader(header), attachments };
}

function tailOf({ header, attachments }: Frame<EncodedValue>): readonly EncodedValue[] {
  return header === undefined ? NO_TAIL : [Buffer.from(JSON.stringify(header)), ...attachments];
}

function mostTailBytes(tail: readonly EncodedValue[]): number {
  return tail.reduce((sum, part) => sum + LENGTH_BYTES + mostBytes(part), 0);
}

/** Gives where it ends. */
function writeTail(buffer: Buffer, start: number, tail: readonly EncodedValue[]): number {
  let at = start;
  for (const part of tail) {
    const end = writeValue(buffer, part, at + LENGTH_BYTES);
    buffer.writeUInt32LE(end - at - LENGTH_BYTES, at);
    at = end;
  }
  return at;
}

function readTail(buffer: Buffer, start: number): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = start; at < buffer.length;) {
    if (at + LENGTH_BYTES > buffer.length) throw broken('it is cut off');
    const from = at + LENGTH_BYTES;
    at = from + buffer.readUInt32LE(at);
    if (at > buffer.length) throw broken('it is cut off');
    parts.push(buffer.subarray(from, at));
  }
  return parts;
}

function parseHeader(header: Buffer | undefined): unknown {
  try {
    return header && JSON.parse(header.toString());
  } catch (cause) {
    throw broken('its header is no JSON', cause);
  }
}

function formOf(code: number | undefined): Form | undefined {
  return code === FORMS.job
    ? 'job'
    : code === FORMS.plan
      ? 'plan'
      : code === FORMS.schedule
        ? 'schedule'
        : undefined;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function broken(why: string, cause?: unknown): EncodingError {
  return new EncodingError(`not a Tasqueue message: ${why}`, { cause });
}
