import type { Subscription } from 'nats';
import { CODES, hasCode } from '../connection/failures.js';
import type { Ground } from './ground.js';
import { queueTokenOf } from './layout.js';
import { ensureConsumer, ensureLevel, type Level, levelOf, type Renewal } from './level.js';

/** What is stored of a queue. */
interface QueueFacts {
  readonly queue: string;
  readonly priorities: readonly number[];
  readonly paused: boolean;
  readonly renewals: readonly Renewal[];
}

interface LastSequence {
  readonly state: { readonly last_seq: number };
}

interface KnownQueue extends QueueFacts {
  readonly revision: number;
  /** Higher priorities first. */
  readonly levels: readonly Level[];
}

/**
 * Which queues there are, of which priorities, and which are paused. Each change is stored and then
 * told to all clients, who keep what they know at hand.
 */
export class Queues {
  readonly #known = new Map<string, KnownQueue>();
  readonly #ensured = new Map<string, Promise<Level>>();
  readonly #byKey = new Map<string, Level>();
  readonly #listeners = new Set<(queue: string) => void>();
  #subscription: Subscription | undefined;

  constructor(private readonly ground: Ground) {}

  async start(): Promise<void> {
    const { link, layout } = this.ground;
    this.#subscription = link.connection.subscribe(layout.notice('queue'), {
      callback: (error, msg) => {
        if (error === null) this.#hear(msg.string());
      },
    });
    await this.refreshAll();
  }

  stop(): void {
    this.#subscription?.unsubscribe();
  }

  /** Tells of each queue of which something new was learned, until the returned function is called. */
  onChange(hear: (queue: string) => void): () => void {
    this.#listeners.add(hear);
    return () => void this.#listeners.delete(hear);
  }

  names(): readonly string[] {
    return [...this.#known.values()].map(({ queue }) => queue);
  }

  all(): readonly Level[] {
    return [...this.#known.values()].flatMap(({ levels }) => levels);
  }

  levels(queue: string): readonly Level[] {
    return this.#known.get(queueTokenOf(queue))?.levels ?? [];
  }

  byKey(key: string): Level | undefined {
    return this.#byKey.get(key);
  }

  paused(queue: string): boolean {
    return this.#known.get(queueTokenOf(queue))?.paused ?? false;
  }

  /** Creates what is missing. */
  ensure(queue: string, priority: number): Promise<Level> {
    const level = levelOf(this.ground, queue, priority);
    const known = this.#ensured.get(level.key);
    if (known !== undefined) return known;
    const ensured = this.#ensure(level);
    this.#ensured.set(level.key, ensured);
    ensured.catch(() => this.#ensured.delete(level.key));
    return ensured;
  }

  async pause(queue: string, paused: boolean): Promise<void> {
    await this.#change(queue, (facts) => (facts.paused === paused ? facts : { ...facts, paused }));
  }

  /**
   * Puts another consumer in the place of one that was lost, or stands still; unless somebody else has
   * done so. What lies in the stream may have been handed out already.
   */
  async renew({ queue, key, priority, consumer, stream }: Level): Promise<void> {
    const { jetStream } = this.ground;
    await this.refresh(queueTokenOf(queue));
    const { state } = await jetStream.request<LastSequence>(`STREAM.INFO.${stream}`);
    await this.#change(queue, (facts) => {
      const level = this.byKey(key);
      if (level?.consumer !== consumer) return facts;
      const number = 1 + facts.renewals.filter((one) => one.priority === priority).length;
      const renewal = { priority, number, floor: state.last_seq };
      return { ...facts, renewals: [...facts.renewals, renewal] };
    });
    const level = this.byKey(key);
    if (level) await ensureConsumer(this.ground, level);
  }

  async refreshAll(): Promise<void> {
    const { jetStream, layout } = this.ground;
    const subjects = await jetStream.subjects(layout.control, layout.queue('*'));
    const tokens = new Set(subjects.map((subject) => subject.split('.').at(-1) ?? ''));
    // Gone with a server that kept them in memory.
    if ([...this.#known.keys()].some((token) => !tokens.has(token))) {
      this.#known.clear();
      this.#ensured.clear();
    }
    await Promise.all([...tokens].map((token) => this.refresh(token)));
  }

  /** Reads anew what is stored of a queue. */
  async refresh(queueToken: string): Promise<KnownQueue | undefined> {
    const { jetStream, layout } = this.ground;
    const stored = await jetStream.lastOn(layout.control, layout.queue(queueToken));
    if (stored === undefined) return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by #change alone
    const facts = JSON.parse(Buffer.from(stored.data).toString()) as QueueFacts;
    return this.#learn(queueToken, facts, stored.sequence);
  }

  #hear(queueToken: string): void {
    // Best effort: whoever needs to be sure looks again.
    this.refresh(queueToken).catch(() => undefined);
  }

  async #ensure(level: Level): Promise<Level> {
    if (this.levels(level.queue).some(({ key }) => key === level.key)) return level;
    await ensureLevel(this.ground, level);
    await this.#change(level.queue, (facts) =>
      facts.priorities.includes(level.priority)
        ? facts
        : { ...facts, priorities: [...facts.priorities, level.priority] },
    );
    return level;
  }

  /** By compare-and-set; told to all once it is stored. */
  async #change(queue: string, next: (facts: QueueFacts) => QueueFacts): Promise<void> {
    const { jetStream, layout, link } = this.ground;
    const queueToken = queueTokenOf(queue);
    for (;;) {
      const known = this.#known.get(queueToken) ?? (await this.refresh(queueToken));
      const facts = known ?? { queue, priorities: [], paused: false, renewals: [] };
      const changed = next(facts);
      if (known !== undefined && changed === facts) return;
      const { priorities, paused, renewals } = changed;
      const payload = Buffer.from(JSON.stringify({ queue, priorities, paused, renewals }));
      try {
        const subject = layout.queue(queueToken);
        const revision = await jetStream.publish(subject, payload, known?.revision ?? 0);
        this.#learn(queueToken, { queue, priorities, paused, renewals }, revision);
        break;
      } catch (error) {
        if (!hasCode(error, CODES.wrongLastSequence)) throw error;
        await this.refresh(queueToken);
      }
    }
    link.exchange.tell(layout.notice('queue'), Buffer.from(queueToken));
    await link.connection.flush();
  }

  #learn(queueToken: string, facts: QueueFacts, revision: number): KnownQueue {
    const known = this.#known.get(queueToken);
    if (known && known.revision >= revision) return known;
    const levels = facts.priorities
      .toSorted((a, b) => b - a)
      .map((priority) => {
        const renewal = facts.renewals.findLast((one) => one.priority === priority);
        return levelOf(this.ground, facts.queue, priority, renewal);
      });
    const learned = { ...facts, levels, revision };
    this.#known.set(queueToken, learned);
    for (const level of levels) this.#byKey.set(level.key, level);
    for (const hear of this.#listeners) hear(facts.queue);
    return learned;
  }
}
