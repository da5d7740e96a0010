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

const WHOLE = 70;
const END_OF_HEAD = 10;

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

/** The body is a copy: what comes over the wire shares its memory with other messages. */
export function decodeTicket(data: Uint8Array): Ticket {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const end = bytes.indexOf(END_OF_HEAD);
  if (bytes[0] !== WHOLE)
    return { whole: false, revision: Number(bytes.toString('latin1', 1, end)) };
  const dueAt = Number(bytes.toString('latin1', 2, end));
  return { whole: true, fresh: bytes[1] === 49, dueAt, body: data.slice(end + 1) };
}
