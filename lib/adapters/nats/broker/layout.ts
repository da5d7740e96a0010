import { createHash } from 'node:crypto';
import type { MessageKind } from '../../../core/ports/message.js';
import { toToken } from '../connection/subject-token.js';

/** Longer queue names are cut and told apart by a digest: names of streams become names of folders. */
const LONGEST_QUEUE_TOKEN = 80;
const KEPT_OF_LONGER = 50;

const MS_PER_HOUR = 3_600_000;
const MS_PER_MINUTE = 60_000;

export const KIND_TOKENS = { job: 'j', plan: 'p', schedule: 's' } as const satisfies Record<
  MessageKind,
  string
>;

/** A message that is not due yet, as its subject tells it: all but the body. */
export interface LaterTicket {
  readonly queueToken: string;
  readonly kind: MessageKind;
  /** It has been claimed before. */
  readonly retrying: boolean;
  readonly dueAt: number;
  /** Of the record: also the order of enqueueing. */
  readonly revision: number;
  readonly priority: number;
  readonly idToken: string;
}

/** What streams and subjects are called. */
export class Layout {
  readonly root: string;
  /** One record per message that is more than a fresh job: the last on its subject holds. */
  readonly records: string;
  /** Tickets of what is not due yet. */
  readonly later: string;
  /** Sessions, queues, marks, the mover's lock. */
  readonly control: string;
  readonly mover: string;
  /** Which run of the server it is. */
  readonly epoch: string;

  constructor(prefix: string) {
    this.root = `${prefix}-broker`;
    this.records = `${this.root}-records`;
    this.later = `${this.root}-later`;
    this.control = `${this.root}-control`;
    this.mover = `${this.root}.c.mover`;
    this.epoch = `${this.root}.c.epoch`;
  }

  record(id: string): string {
    return `${this.root}.m.${toToken(id)}`;
  }
  /** Says that the record of this id is, or was, a schedule. */
  schedule(id: string): string {
    return `${this.root}.x.${toToken(id)}`;
  }
  get schedules(): string {
    return `${this.root}.x.*`;
  }
  get sessions(): string {
    return `${this.root}.c.s.*`;
  }
  session(session: string): string {
    return `${this.root}.c.s.${toToken(session)}`;
  }
  queue(queueToken: string): string {
    return `${this.root}.c.q.${queueToken}`;
  }
  /** Says that all deliveries of a message so far were handed back unstarted. */
  mark(levelKey: string, sequence: number): string {
    return `${this.root}.c.g.${levelKey}.${sequence}`;
  }
  /** Not stored: heard by all that are connected. */
  notice(topic: 'user' | 'queue' | 'idle' | 'mover'): string {
    return `${this.root}.n.${topic}`;
  }
  levelStream(queueToken: string, priority: number): string {
    return `${this.root}-q-${queueToken}-${priority}`;
  }
  levelSubjects(queueToken: string, priority: number): string {
    return `${this.root}.q.${queueToken}.${priority}`;
  }

  /** Says that there are, or were, tickets of this hour. */
  laterHour(dueAt: number): string {
    return `${this.root}.d.h.${hourOf(dueAt)}`;
  }
  get laterHours(): string {
    return `${this.root}.d.h.*`;
  }
  /** All tickets of the hour, of the minute if it is told, or of the queue. */
  laterOf(at: { hour?: number; minute?: number; queueToken?: string; kind?: string }): string {
    const { hour = '*', minute = '*', queueToken, kind = '*' } = at;
    const of = `${this.root}.d.t.${hour}.${minute}`;
    return queueToken === undefined ? `${of}.>` : `${of}.${queueToken}.${kind}.>`;
  }
  laterTicket(ticket: LaterTicket): string {
    const { dueAt, queueToken, kind, retrying, revision, priority, idToken } = ticket;
    const minute = `${hourOf(dueAt)}.${minuteOf(dueAt)}`;
    const flags = `${KIND_TOKENS[kind]}${retrying ? 'r' : 'd'}`;
    return `${this.root}.d.t.${minute}.${queueToken}.${flags}.${dueAt}.${revision}.${priority}.${idToken}`;
  }
  readLaterTicket(subject: string): LaterTicket {
    const [queueToken = '', flags = '', dueAt, revision, priority, idToken = ''] = subject
      .slice(this.root.length + 1)
      .split('.')
      .slice(4);
    return {
      queueToken,
      kind: kindOf(flags.charAt(0)),
      retrying: flags.endsWith('r'),
      dueAt: Number(dueAt),
      revision: Number(revision),
      priority: Number(priority),
      idToken,
    };
  }
}

export function hourOf(at: number): number {
  return Math.floor(at / MS_PER_HOUR);
}

/** Of its hour. */
export function minuteOf(at: number): number {
  return Math.floor(at / MS_PER_MINUTE) % 60;
}

export function kindOf(token: string): MessageKind {
  if (token === 'p') return 'plan';
  return token === 's' ? 'schedule' : 'job';
}

export function queueTokenOf(queue: string): string {
  const token = toToken(queue);
  if (token.length <= LONGEST_QUEUE_TOKEN) return token;
  const digest = createHash('sha256').update(queue).digest('hex').slice(0, 24);
  return `${token.slice(0, KEPT_OF_LONGER)}==${digest}`;
}
