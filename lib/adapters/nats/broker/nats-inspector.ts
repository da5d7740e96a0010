import type {
  BrokerInspector,
  QueueCounts,
  SessionStatus,
} from '../../../core/ports/broker-inspector.js';
import type { StoredMessage } from '../../../core/ports/message.js';
import type { Page, PageRequest } from '../../../core/ports/page.js';
import type { Ledgers } from './ledgers.js';
import type { Finder } from './finder.js';
import type { Pages } from './pages.js';
import type { QueueCounter } from './queue-counter.js';
import type { Queues } from './queues.js';
import type { Records } from './records.js';

export interface InspectorParts {
  readonly queues: Queues;
  readonly records: Records;
  readonly ledgers: Ledgers;
  readonly counter: QueueCounter;
  readonly pages: Pages;
  readonly finder: Finder;
}

/** Reads what lies on the server. */
export class NatsInspector implements BrokerInspector {
  constructor(private readonly parts: InspectorParts) {}

  async queues(): Promise<readonly string[]> {
    const { queues, ledgers, counter } = this.parts;
    await queues.refreshAll();
    const names = new Set((await ledgers.all()).flatMap(({ info }) => info.queues));
    await Promise.all(
      queues.names().map(async (name) => {
        if (queues.paused(name) || (await counter.holdsAny(name))) names.add(name);
      }),
    );
    return [...names].sort();
  }

  counts(queue: string): Promise<QueueCounts> {
    return this.parts.counter.counts(queue);
  }

  page(
    queue: string,
    state: 'waiting' | 'delayed',
    request: PageRequest,
  ): Promise<Page<StoredMessage>> {
    const { pages } = this.parts;
    return state === 'waiting' ? pages.waiting(queue, request) : pages.delayed(queue, request);
  }

  async schedules(): Promise<readonly StoredMessage[]> {
    const ids = await this.parts.records.schedules();
    const found = await this.parts.finder.find(ids);
    return found
      .filter((message) => message?.kind === 'schedule')
      .flatMap((message) => message ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async sessions(): Promise<readonly SessionStatus[]> {
    const ledgers = await this.parts.ledgers.all();
    return ledgers
      .filter(({ state }) => state === 'live')
      .map(({ info, openedAt, beatAt, claims }) => ({
        ...info,
        openedAt,
        beatAt: Math.floor(beatAt),
        held: claims.length,
      }));
  }
}
