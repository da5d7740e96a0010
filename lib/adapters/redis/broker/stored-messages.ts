import type { StoredMessage } from '../../../core/ports/message.js';
import { readMessage } from './message-value.js';
import { buffer, integer, list, text } from '../scripts/reply.js';

type State = StoredMessage['state'];

const STARTED = '+*';
const CLAIMED = '-/';

/** Messages as scripts/parts/broker-describe.lua tells of them; undefined for those that are not there. */
export function readStored(reply: unknown): readonly (StoredMessage | undefined)[] {
  const [now, ids, values, marks, names] = list(reply);
  const queues = queueNames(list(names));
  const claims = text(marks);
  const messages = list(values);
  return list(ids).map((id, index) => {
    const value = messages[index];
    if (value === null) return undefined;
    const { past, wasDelayed, queue, ...fields } = readMessage(buffer(value));
    const notDue = wasDelayed && fields.dueAt > integer(now);
    const unclaimed: State = notDue ? (past === 'given' ? 'retrying' : 'delayed') : 'waiting';
    const state = claimedState(claims[index] ?? ' ') ?? unclaimed;
    return { id: text(id), ...fields, queue: queues.get(queue) ?? '', state };
  });
}

function claimedState(mark: string): State | undefined {
  if (STARTED.includes(mark)) return 'started';
  return CLAIMED.includes(mark) ? 'claimed' : undefined;
}

/** Numbers and names, in turn. */
function queueNames(flat: readonly unknown[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (let index = 0; index < flat.length; index += 2)
    names.set(integer(flat[index]), text(flat[index + 1]));
  return names;
}
