import type { Msg } from 'nats';
import type { MessageKind } from '../../../core/ports/message.js';
import { fromToken } from '../connection/subject-token.js';
import { kindOf } from './layout.js';
import type { Level } from './level.js';
import { decodeTicket, type Ticket } from './ticket.js';

/** A ticket that a consumer has handed to us; not yet a claim. */
export interface Candidate {
  readonly level: Level;
  readonly subject: string;
  readonly sequence: number;
  /** How often it was handed to somebody, this time included. */
  readonly delivered: number;
  readonly consumerSequence: number;
  readonly kind: MessageKind;
  readonly id: string;
  readonly ticket: Ticket;
}

/** From the end of `$JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.<consumer sequence>.<time>.<pending>`. */
const FIELDS_BEHIND_CONSUMER = 5;
/** With domain and account before the stream, and a random token at the end. */
const FIELDS_OF_LONG_FORM = 12;

export function candidateOf(level: Level, msg: Msg): Candidate {
  const fields = msg.reply?.split('.') ?? [];
  const from = fields.length >= FIELDS_OF_LONG_FORM ? 6 : fields.length - FIELDS_BEHIND_CONSUMER;
  const [kind = '', idToken = ''] = msg.subject.slice(level.subjects.length + 1).split('.');
  return {
    level,
    subject: msg.subject,
    delivered: Number(fields[from]),
    sequence: Number(fields[from + 1]),
    consumerSequence: Number(fields[from + 2]),
    kind: kindOf(kind),
    id: fromToken(idToken),
    ticket: decodeTicket(msg.data),
  };
}
