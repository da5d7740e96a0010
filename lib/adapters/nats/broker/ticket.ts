/**
 * What lies in a queue: a whole message where it is a fresh job, enqueued once; otherwise a mere
 * ticket that names the revision of its record, and is void when the record has moved on.
 */
export type Ticket =
  | {
      readonly whole: true;
      readonly fresh: boolean;
      readonly dueAt: number;
      readonly body: Uint8Array;
    }
  | { readonly whole: false; readonly revision: number };

const WHOLE = /^F([01])(\d{1,16})$/;
const REVISION = /^T(\d{1,16})$/;
const END_OF_HEAD = 10;
const LONGEST_HEAD = 20;

export function encodeWhole(fresh: boolean, dueAt: number, body: Uint8Array): Uint8Array {
  const head = `F${fresh ? 1 : 0}${dueAt}\n`;
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 0, 'latin1');
  bytes.set(body, head.length);
  return bytes;
}

export function encodeTicket(revision: number): Uint8Array {
  return Buffer.from(`T${revision}\n`, 'latin1');
}

/**
 * The body is a copy: what comes over the wire shares its memory with other messages. What others than
 * we have put into a queue is all body: a job that core will find unreadable.
 */
export function decodeTicket(data: Uint8Array): Ticket {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const end = bytes.subarray(0, LONGEST_HEAD).indexOf(END_OF_HEAD);
  const head = end === -1 ? '' : bytes.toString('latin1', 0, end);
  const revision = REVISION.exec(head)?.[1];
  if (revision !== undefined) return { whole: false, revision: Number(revision) };
  const [, fresh, dueAt] = WHOLE.exec(head) ?? [];
  if (dueAt === undefined)
    return { whole: true, fresh: false, dueAt: 0, body: new Uint8Array(data) };
  return {
    whole: true,
    fresh: fresh === '1',
    dueAt: Number(dueAt),
    body: Buffer.from(bytes.subarray(end + 1)),
  };
}
