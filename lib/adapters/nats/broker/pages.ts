import { InvalidOptionsError } from '../../../core/errors.js';
import type { Page, PageRequest } from '../../../core/ports/page.js';
import type { StoredMessage } from '../../../core/ports/message.js';
import { fromToken } from '../connection/subject-token.js';
import type { Ground } from './ground.js';
import { hourOf, KIND_TOKENS, type LaterTicket, queueTokenOf } from './layout.js';
import type { Ledgers } from './ledgers.js';
import { unclaimed, waitingJobs } from './listing.js';
import { heldIn } from './queue-counter.js';
import type { Queues } from './queues.js';
import type { Records } from './records.js';

/** Where a page ended: priority and sequence of what waits, due time and revision of what does not. */
interface Place {
  readonly rank: number;
  readonly order: number;
}

/** Lists the jobs of a queue, page by page. */
export class Pages {
  constructor(
    private readonly ground: Ground,
    private readonly queues: Queues,
    private readonly records: Records,
    private readonly ledgers: Ledgers,
  ) {}

  async waiting(queue: string, { cursor, limit }: PageRequest): Promise<Page<StoredMessage>> {
    const place = readPlace(cursor);
    const isHeld = heldIn(await this.ledgers.all());
    const items: StoredMessage[] = [];
    let last: Place | undefined;
    for (const level of this.queues.levels(queue)) {
      const { priority: rank } = level;
      if (place && rank > place.rank) continue;
      const from = place?.rank === rank ? place.order + 1 : 1;
      const walk = { level, from, isHeld };
      for await (const { message, sequence } of waitingJobs(this.ground, this.records, walk)) {
        if (items.length >= limit) return pageOf(items, last);
        items.push(message);
        last = { rank, order: sequence };
      }
    }
    return { items };
  }

  async delayed(queue: string, { cursor, limit }: PageRequest): Promise<Page<StoredMessage>> {
    const place = readPlace(cursor);
    const { clock } = this.ground;
    const items: StoredMessage[] = [];
    let last: Place | undefined;
    const from = Math.max(place?.rank ?? 0, clock.now());
    for (const hour of await this.#hours(hourOf(from)))
      for (const { dueAt, revision, idToken } of await this.#ofHour(queue, hour)) {
        if (dueAt <= clock.now() || (place && !isBehind(place, dueAt, revision))) continue;
        const record = await this.records.get(fromToken(idToken));
        if (record?.revision !== revision) continue;
        if (items.length >= limit) return pageOf(items, last);
        items.push(unclaimed(record, clock.now()));
        last = { rank: dueAt, order: revision };
      }
    return { items };
  }

  async #hours(from: number): Promise<readonly number[]> {
    const { jetStream, layout } = this.ground;
    const markers = await jetStream.subjects(layout.later, layout.laterHours);
    return markers
      .map((marker) => Number(marker.split('.').at(-1)))
      .filter((hour) => hour >= from)
      .sort((a, b) => a - b);
  }

  async #ofHour(queue: string, hour: number): Promise<readonly LaterTicket[]> {
    const { jetStream, layout } = this.ground;
    const at = { hour, queueToken: queueTokenOf(queue) };
    const subjects = await Promise.all(
      ['d', 'r'].map((flag) =>
        jetStream.subjects(layout.later, layout.laterOf({ ...at, kind: KIND_TOKENS.job + flag })),
      ),
    );
    return subjects
      .flat()
      .map((subject) => layout.readLaterTicket(subject))
      .sort((a, b) => a.dueAt - b.dueAt || a.revision - b.revision);
  }
}

function isBehind(place: Place, rank: number, order: number): boolean {
  return rank > place.rank || (rank === place.rank && order > place.order);
}

function pageOf(items: readonly StoredMessage[], last: Place | undefined): Page<StoredMessage> {
  return last === undefined ? { items } : { items, next: `${last.rank}:${last.order}` };
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const found = /^(-?\d+):(\d+)$/.exec(cursor);
  if (found) return { rank: Number(found[1]), order: Number(found[2]) };
  throw new InvalidOptionsError('page', [`cursor must be the 'next' of a page; got '${cursor}'`]);
}
