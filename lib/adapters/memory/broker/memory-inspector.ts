import type { Clock } from '../../../core/clock.js';
import type {
  BrokerInspector,
  QueueCounts,
  SessionStatus,
} from '../../../core/ports/broker-inspector.js';
import type { StoredMessage } from '../../../core/ports/broker.js';
import type { Page, PageRequest } from '../../../core/ports/page.js';
import { CLAIMED, DELAYED, type Entry, RETRYING, STARTED, WAITING } from './entry.js';
import type { MessageQueue } from './message-queue.js';
import type { Messages } from './messages.js';
import { readCursor, writeCursor } from '../page-cursor.js';
import type { Sessions } from './sessions.js';

/** Reads what lies in memory. Due messages are let into their queues before it looks. */
export class MemoryInspector implements BrokerInspector {
  constructor(
    private readonly messages: Messages,
    private readonly sessionTable: Sessions,
    private readonly clock: Clock,
  ) {}

  async queues(): Promise<readonly string[]> {
    const names = new Set<string>();
    for (const { name } of this.messages.queues()) names.add(name);
    for (const { info } of this.sessionTable.all()) for (const name of info.queues) names.add(name);
    return [...names].sort();
  }

  async counts(name: string): Promise<QueueCounts> {
    const queue = this.#look(name);
    return {
      waiting: queue?.count(WAITING) ?? 0,
      delayed: queue?.count(DELAYED) ?? 0,
      retrying: queue?.count(RETRYING) ?? 0,
      claimed: queue?.count(CLAIMED) ?? 0,
      started: queue?.count(STARTED) ?? 0,
      oldestDueAt: queue?.oldestDueAt(),
      paused: queue?.paused ?? false,
      workers: this.sessionTable.workersOn(name),
    };
  }

  async page(
    name: string,
    state: 'waiting' | 'delayed',
    request: PageRequest,
  ): Promise<Page<StoredMessage>> {
    const place = request.cursor === undefined ? undefined : readCursor(request.cursor);
    const queue = this.#look(name);
    if (queue === undefined) return { items: [] };
    return state === 'waiting'
      ? pageOf(queue.waiting(place), request.limit, ({ priority }) => priority)
      : pageOf(queue.delayed(place), request.limit, ({ dueAt }) => dueAt);
  }

  async schedules(): Promise<readonly StoredMessage[]> {
    const entries = [...this.messages.schedules()];
    for (const { queue } of entries) this.#look(queue);
    return entries.map((entry) => entry.stored()).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async sessions(): Promise<readonly SessionStatus[]> {
    return [...this.sessionTable.all()].map((session) => session.status());
  }

  #look(name: string): MessageQueue | undefined {
    const queue = this.messages.queue(name);
    queue?.promote(this.clock.now());
    return queue;
  }
}

function pageOf(
  entries: Iterable<Entry>,
  limit: number,
  rankOf: (entry: Entry) => number,
): Page<StoredMessage> {
  const items: StoredMessage[] = [];
  let last: Entry | undefined;
  for (const entry of entries) {
    if (entry.kind !== 'job') continue;
    if (items.length >= limit)
      return last
        ? { items, next: writeCursor({ rank: rankOf(last), order: last.order }) }
        : { items };
    items.push(entry.stored());
    last = entry;
  }
  return { items };
}
