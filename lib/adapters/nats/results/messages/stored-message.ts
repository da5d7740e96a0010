import type { Msg } from 'nats';
import { JetStreamError, NoAnswerError } from '../../connection/failures.js';
import { LABEL_HEADER, parseLabel, type Label } from './message-label.js';

/** A message as it lies in the stream. */
export interface StoredMessage {
  readonly subject: string;
  readonly seq: number;
  readonly label: Label & { readonly write: string };
  readonly payload: Uint8Array;
}

const NOT_FOUND = 404;
const LABEL_LINE = new RegExp(`^${LABEL_HEADER}: (.*)$`, 'm');

/** Of an answer to a direct get; undefined where nothing is. */
export function directAnswer({ headers, data }: Msg): StoredMessage | undefined {
  if (headers === undefined) throw new NoAnswerError('a message came without headers');
  if (headers.code === NOT_FOUND) return undefined;
  if (headers.code !== 0)
    throw new JetStreamError(headers.code, headers.description, 'to read a message');
  return {
    subject: headers.get('Nats-Subject'),
    seq: Number(headers.get('Nats-Sequence')),
    label: parseLabel(headers.get(LABEL_HEADER)),
    payload: data,
  };
}

/** `headers`: as they were published. */
export function labelledMessage(
  message: Omit<StoredMessage, 'label'>,
  headers: string,
): StoredMessage {
  return { ...message, label: parseLabel(LABEL_LINE.exec(headers)?.[1]?.trim() ?? '') };
}
