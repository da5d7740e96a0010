import type { QueueCounts } from '../../../core/ports/broker-inspector.js';
import type { Ground } from './ground.js';
import { KIND_TOKENS, queueTokenOf } from './layout.js';
import type { StoredLedger } from './ledger.js';
import type { Ledgers } from './ledgers.js';
import type { Level } from './level.js';
import { type IsHeld, waitingJobs } from './listing.js';
import type { Queues } from './queues.js';
import type { Records } from './records.js';

interface StreamState {
  readonly state: { readonly messages: number };
}

/** Counts the jobs of queues. */
export class QueueCounter {
  constructor(
    private readonly ground: Ground,
    private readonly queues: Queues,
    private readonly records: Records,
    private readonly ledgers: Ledgers,
  ) {}

  async counts(queue: string): Promise<QueueCounts> {
    const levels = this.queues.levels(queue);
    const [ledgers, lying, delayed, retrying] = await Promise.all([
      this.ledgers.all(),
      Promise.all(levels.map((level) => this.#jobsIn(level))),
      this.#later(queue, 'd'),
      this.#later(queue, 'r'),
    ]);
    const keys = new Set(levels.map(({ key }) => key));
    const claims = ledgers
      .flatMap((ledger) => ledger.claims)
      .filter(({ kind, levelKey }) => kind === 'job' && keys.has(levelKey));
    const started = claims.filter((claim) => claim.started).length;
    const waiting = lying.reduce((sum, count) => sum + count, 0) - claims.length;
    return {
      waiting: Math.max(0, waiting),
      delayed,
      retrying,
      claimed: claims.length - started,
      started,
      oldestDueAt: waiting > 0 ? await this.#oldest(levels, ledgers) : undefined,
      paused: this.queues.paused(queue),
      workers: this.#workers(queue, ledgers),
    };
  }

  /** Whether any message is in it, of whatever kind. */
  async holdsAny(queue: string): Promise<boolean> {
    const { jetStream, layout } = this.ground;
    const filter = layout.laterOf({ queueToken: queueTokenOf(queue) });
    const [later, ...sizes] = await Promise.all([
      jetStream.next(layout.later, 1, filter),
      ...this.queues.levels(queue).map((level) => this.#size(level)),
    ]);
    return later !== undefined || sizes.some((size) => size > 0);
  }

  #workers(queue: string, ledgers: readonly StoredLedger[]): number {
    return ledgers.filter(
      (ledger) =>
        ledger.state === 'live' &&
        !this.ledgers.lapsed(ledger) &&
        ledger.info.queues.includes(queue),
    ).length;
  }

  async #jobsIn(level: Level): Promise<number> {
    const { jetStream } = this.ground;
    const [size, plans, schedules] = await Promise.all([
      this.#size(level),
      jetStream.subjects(level.stream, `${level.subjects}.${KIND_TOKENS.plan}.>`),
      jetStream.subjects(level.stream, `${level.subjects}.${KIND_TOKENS.schedule}.>`),
    ]);
    return size - plans.length - schedules.length;
  }

  async #size({ stream }: Level): Promise<number> {
    const info = await this.ground.jetStream.request<StreamState>(`STREAM.INFO.${stream}`);
    return info.state.messages;
  }

  async #later(queue: string, flag: 'd' | 'r'): Promise<number> {
    const { jetStream, layout, clock } = this.ground;
    const kind = `${KIND_TOKENS.job}${flag}`;
    const filter = layout.laterOf({ queueToken: queueTokenOf(queue), kind });
    const now = clock.now();
    const subjects = await jetStream.subjects(layout.later, filter);
    return subjects.filter((subject) => layout.readLaterTicket(subject).dueAt > now).length;
  }

  async #oldest(
    levels: readonly Level[],
    ledgers: readonly StoredLedger[],
  ): Promise<number | undefined> {
    const isHeld = heldIn(ledgers);
    const heads = await Promise.all(
      levels.map(async (level) => {
        for await (const { message } of waitingJobs(this.ground, this.records, {
          level,
          from: 1,
          isHeld,
        }))
          return message.dueAt;
        return Infinity;
      }),
    );
    const oldest = Math.min(...heads);
    return oldest === Infinity ? undefined : oldest;
  }
}

export function heldIn(ledgers: readonly StoredLedger[]): IsHeld {
  const held = new Set(
    ledgers.flatMap(({ claims }) =>
      claims.map(({ levelKey, sequence }) => `${levelKey}:${sequence}`),
    ),
  );
  return ({ key }, sequence) => held.has(`${key}:${sequence}`);
}
