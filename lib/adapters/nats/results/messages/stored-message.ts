import type { Msg } from 'nats';
import { LABEL_HEADER, parseLabel, type Label } from './message-label.js';

/** A message as it lies in the stream. */
export interface StoredMessage {
  readonly subject: string;
  readonly seq: number;
  readonly label: Label & { readonly write: string };
  readonly payload: Uint8Array;
}

const NOT_FOUND = 404;

/** Of an answer to a direct get; undefined where nothing is. */
export function directAnswer({ headers, data }: Msg): StoredMessage | undefined {
  if (headers === undefined) throw new Error('NATS answered a direct get without headers');
  if (headers.code === NOT_FOUND) return undefined;
  if (headers.code !== 0)
    throw new Error(`NATS refused a direct get: ${headers.code} ${headers.description}`);
  return {
    subject: headers.get('Nats-Subject'),
    seq: Number(headers.get('Nats-Sequence')),
    label: parseLabel(headers.get(LABEL_HEADER)),
    payload: data,
  };
}
