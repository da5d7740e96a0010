import { EncodingError } from '../errors.js';

/** What a body holds. The numbers are on the wire: never reuse one. */
export const FORMS = { job: 1, plan: 2, schedule: 3 } as const;
export type Form = keyof typeof FORMS;

/** Raised with every change that an older reader would misread. */
export const WIRE_VERSION = 1;

/** The parts of a body: a short fixed head that every job needs, and a tail for what few have. */
export interface Frame {
  readonly form: Form;
  /** Epoch ms. */
  readonly enqueuedAt: number;
  /** Empty for plans and schedules. */
  readonly task: string;
  readonly payload: Uint8Array;
  /** JSON, with bytes replaced by their index in `attachments`; undefined for a plain job. */
  readonly header?: unknown;
  readonly attachments: readonly Uint8Array[];
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

/** version, form, enqueuedAt, length of the task's name, length of the payload */
const HEAD_BYTES = 1 + 1 + 8 + 2 + 4;
const LENGTH_BYTES = 4;
const NO_ATTACHMENTS: readonly Uint8Array[] = [];

/** Layout: head, task, payload; then, if any: header length, header, and per attachment length and bytes. */
export function encodeFrame(frame: Frame): Uint8Array {
  const taskBytes = Buffer.byteLength(frame.task);
  const header = frame.header === undefined ? undefined : Buffer.from(JSON.stringify(frame.header));
  const buffer = Buffer.allocUnsafe(
    HEAD_BYTES + taskBytes + frame.payload.length + tailBytes(header, frame.attachments),
  );
  buffer[0] = WIRE_VERSION;
  buffer[1] = FORMS[frame.form];
  buffer.writeDoubleLE(frame.enqueuedAt, 2);
  buffer.writeUInt16LE(taskBytes, 10);
  buffer.writeUInt32LE(frame.payload.length, 12);
  buffer.write(frame.task, HEAD_BYTES);
  buffer.set(frame.payload, HEAD_BYTES + taskBytes);
  if (header !== undefined)
    writeTail(buffer, HEAD_BYTES + taskBytes + frame.payload.length, [
      header,
      ...frame.attachments,
    ]);
  return buffer;
}

/** Throws EncodingError on anything that `encodeFrame` did not write. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const buffer = asBuffer(bytes);
  if (buffer.length < HEAD_BYTES) throw broken(`it has ${buffer.length} bytes`);
  const version = buffer[0] ?? 0;
  if (version > WIRE_VERSION) throw new NewerVersionError(version);
  const form = formOf(buffer[1]);
  if (version === 0 || form === undefined) throw broken('it does not begin like one');
  const taskEnd = HEAD_BYTES + buffer.readUInt16LE(10);
  const payloadEnd = taskEnd + buffer.readUInt32LE(12);
  if (payloadEnd > buffer.length) throw broken('it is cut off');
  const enqueuedAt = buffer.readDoubleLE(2);
  if (!Number.isFinite(enqueuedAt)) throw broken('its time is no number');
  const task = buffer.toString('utf8', HEAD_BYTES, taskEnd);
  const payload = buffer.subarray(taskEnd, payloadEnd);
  if (payloadEnd === buffer.length)
    return { form, enqueuedAt, task, payload, header: undefined, attachments: NO_ATTACHMENTS };
  const [header, ...attachments] = readTail(buffer, payloadEnd);
  return { form, enqueuedAt, task, payload, header: parseHeader(header), attachments };
}

function tailBytes(header: Uint8Array | undefined, attachments: readonly Uint8Array[]): number {
  if (header === undefined) return 0;
  return attachments.reduce(
    (sum, { length }) => sum + LENGTH_BYTES + length,
    LENGTH_BYTES + header.length,
  );
}

function writeTail(buffer: Buffer, start: number, parts: readonly Uint8Array[]): void {
  let at = start;
  for (const part of parts) {
    at = buffer.writeUInt32LE(part.length, at);
    buffer.set(part, at);
    at += part.length;
  }
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
