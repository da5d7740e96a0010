import type { StoredMessage } from '../../../core/ports/message.js';
import { fromToken } from '../connection/subject-token.js';
import type { Ground } from './ground.js';
import { KIND_TOKENS, kindOf } from './layout.js';
import type { Level } from './level.js';
import { stateOf, type StoredRecord } from './record.js';
import type { Records } from './records.js';
import { decodeTicket } from './ticket.js';

export interface Listed {
  readonly message: StoredMessage;
  readonly sequence: number;
}

/** Whether a session has the ticket with this sequence. */
export type IsHeld = (level: Level, sequence: number) => boolean;

/** Walks the jobs that wait in a level, oldest first, from a sequence on. */
export async function* waitingJobs(
  ground: Ground,
  records: Records,
  walk: { readonly level: Level; readonly from: number; readonly isHeld: IsHeld },
): AsyncGenerator<Listed, void, undefined> {
  const { level, isHeld } = walk;
  const filter = `${level.subjects}.${KIND_TOKENS.job}.>`;
  for (let from = walk.from; ;) {
    const found = await ground.jetStream.next(level.stream, from, filter);
    if (found === undefined) return;
    const { sequence, subject, data } = found;
    from = sequence + 1;
    if (isHeld(level, sequence)) continue;
    const [kind = '', idToken = ''] = subject.slice(level.subjects.length + 1).split('.');
    const id = fromToken(idToken);
    const ticket = decodeTicket(data);
    if (ticket.whole) {
      const { dueAt, body } = ticket;
      const { queue, priority } = level;
      const of = { id, generation: 1, kind: kindOf(kind), queue, priority };
      yield { sequence, message: { ...of, state: 'waiting', dueAt, crashes: 0, body } };
    } else {
      const record = await records.get(id);
      if (record?.revision === ticket.revision)
        yield { sequence, message: messageOf(record, 'waiting') };
    }
  }
}

export function messageOf(record: StoredRecord, state: StoredMessage['state']): StoredMessage {
  const { id, generation, kind, queue, priority, dueAt, crashes, body } = record;
  return { id, generation, kind, queue, priority, state, dueAt, crashes, body };
}

/** As it stands when nobody has claimed it. */
export function unclaimed(record: StoredRecord, now: number): StoredMessage {
  return messageOf(record, stateOf(record, now));
}
