import { InvalidOptionsError } from '../../../core/errors.js';
import type {
  BrokerInspector,
  QueueCounts,
  SessionStatus,
} from '../../../core/ports/broker-inspector.js';
import type { StoredMessage } from '../../../core/ports/message.js';
import type { Page, PageRequest } from '../../../core/ports/page.js';
import { Script } from '../scripts/script.js';
import type { BrokerServer } from './broker-server.js';
import { integer, list, text } from '../scripts/reply.js';
import { readSession } from './session-text.js';
import { readStored } from './stored-messages.js';

const queues = new Script('broker/queues');
const counts = new Script('broker/counts');
const pageWaiting = new Script('broker/page-waiting');
const pageDelayed = new Script('broker/page-delayed');
const schedules = new Script('broker/schedules');
const sessions = new Script('broker/sessions');

/** Due time and place; priority, part and place. */
const DELAYED_CURSOR = /^(\d+):(\d+)$/;
const WAITING_CURSOR = /^(-?\d+):(front|list):(\d+)$/;

/** Reads what lies in Redis. Due messages are let into their queues before it looks. */
export class RedisInspector implements BrokerInspector {
  constructor(private readonly server: BrokerServer) {}

  async queues(): Promise<readonly string[]> {
    const names = new Set(list(await this.server.run(queues)).map(text));
    for (const session of await this.sessions()) for (const name of session.queues) names.add(name);
    return [...names].sort();
  }

  async counts(queue: string): Promise<QueueCounts> {
    const reply = list(await this.server.run(counts, queue));
    const [waiting = 0, delayed = 0, retrying = 0, claimed = 0, started = 0, oldest = -1, paused] =
      reply.slice(0, 7).map(integer);
    const worksOn = (about: unknown): boolean =>
      readSession('', text(about)).queues.includes(queue);
    return {
      waiting,
      delayed,
      retrying,
      claimed,
      started,
      oldestDueAt: oldest < 0 ? undefined : oldest,
      paused: paused === 1,
      workers: list(reply[7]).filter(worksOn).length,
    };
  }

  async page(
    queue: string,
    state: 'waiting' | 'delayed',
    { cursor, limit }: PageRequest,
  ): Promise<Page<StoredMessage>> {
    const waits = state === 'waiting';
    const place = readCursor(waits ? WAITING_CURSOR : DELAYED_CURSOR, cursor);
    const reply = await this.server.run(waits ? pageWaiting : pageDelayed, queue, limit, ...place);
    const [described, next] = list(reply);
    const items = readStored(described).filter((message) => message !== undefined);
    return next === null ? { items } : { items, next: list(next).map(text).join(':') };
  }

  async schedules(): Promise<readonly StoredMessage[]> {
    return readStored(await this.server.run(schedules))
      .filter((message) => message !== undefined)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async sessions(): Promise<readonly SessionStatus[]> {
    return list(await this.server.run(sessions)).map((session) => {
      const [name, about, openedAt, beatAt, held] = list(session);
      return {
        ...readSession(text(name), text(about)),
        openedAt: integer(openedAt),
        beatAt: integer(beatAt),
        held: integer(held),
      };
    });
  }
}

/** The parts of a cursor, or as many empty ones. Throws InvalidOptionsError for what is none. */
function readCursor(pattern: RegExp, cursor: string | undefined): readonly string[] {
  if (cursor === undefined) return ['', '', ''];
  const [, ...parts] = pattern.exec(cursor) ?? [];
  if (parts.length > 0) return parts;
  throw new InvalidOptionsError('page', [`cursor must be the 'next' of a page; got '${cursor}'`]);
}
