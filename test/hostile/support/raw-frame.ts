/** A body as docs and `lib/core/message/frame.ts` lay it out, with anything in it. */
export interface RawFrame {
  readonly version: number;
  /** 1 job, 2 plan, 3 schedule. */
  readonly form: number;
  readonly enqueuedAt: number;
  readonly task: Uint8Array;
  readonly payload: Uint8Array;
  /** Its text; undefined: the frame has no tail. */
  readonly header?: string | undefined;
  readonly attachments: readonly Uint8Array[];
}

const HAS_TAIL = 0x80;

export function rawFrame(frame: RawFrame): Uint8Array {
  const { version, form, enqueuedAt, task, payload, header, attachments } = frame;
  const head = Buffer.alloc(10);
  head[0] = version;
  head[1] = form + (header === undefined ? 0 : HAS_TAIL);
  head.writeUIntBE(enqueuedAt, 2, 6);
  head.writeUInt16BE(task.length, 8);
  if (header === undefined) return bytesOf(head, task, payload);
  const tail = [payload, Buffer.from(header), ...attachments].flatMap((part) => [
    lengthOf(part),
    part,
  ]);
  return bytesOf(head, task, ...tail);
}

function lengthOf(part: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(part.length);
  return length;
}

/** No Buffer: what stores give back compares equal. */
function bytesOf(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
