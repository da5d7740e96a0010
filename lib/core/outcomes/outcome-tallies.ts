import type { CancelTimer, Clock } from '../clock.js';
import { inTime } from '../deadline.js';
import { isFinal, type FinalStatus, type JobStatus } from '../job-status.js';
import type { ReportTrouble } from '../ports/trouble.js';
import type { Results } from '../ports/results.js';
import type { Random } from '../random.js';
import { SCALES, stepAt, topicOf } from './scale.js';
import { NO_SUMS, TopicSums } from './topic-sums.js';

const POST_EVERY_MS = SCALES['5m'].stepMs;
/** A store that is away does not hold the shutdown up for longer. */
const PARTING_MS = 1_000;

export interface TalliesParts {
  readonly results: Pick<Results, 'post'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Server time as far as this process knows it, epoch ms. */
  readonly now: () => number;
  readonly report: ReportTrouble;
}

/**
 * Counts the outcomes that this process records, and posts the sums at the end of each ten seconds in
 * which there were any. What was posted is posted again with more in it, so a lost reply does no harm.
 */
export class OutcomeTallies {
  /** Since the last post, by queue. */
  readonly #fresh = new Map<string, Record<FinalStatus, number>>();
  #freshSince = 0;
  readonly #topics = new Map<string, TopicSums>();
  #cancelTimer: CancelTimer | undefined;
  #posting: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(private readonly parts: TalliesParts) {}

  count(queue: string, status: JobStatus): void {
    if (!isFinal(status) || this.#closed) return;
    if (this.#fresh.size === 0) this.#freshSince = this.parts.now();
    let sums = this.#fresh.get(queue);
    if (sums === undefined) this.#fresh.set(queue, (sums = { ...NO_SUMS }));
    sums[status] += 1;
    if (this.#cancelTimer === undefined) this.#postLater();
  }

  /** Posts what is left; nothing counts any more. Never rejects. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelTimer?.();
    await inTime(this.parts.clock, PARTING_MS, this.#post());
  }

  /** When the step is over: then its sums are complete. */
  #postLater(): void {
    const delayMs = POST_EVERY_MS - (this.parts.now() % POST_EVERY_MS);
    this.#cancelTimer = this.parts.clock.timer(delayMs, () => {
      this.#cancelTimer = undefined;
      void this.#post();
    });
  }

  #post(): Promise<void> {
    this.#foldFresh();
    // One after the other: the later one has more in it.
    this.#posting = this.#posting.then(() => this.#send());
    return this.#posting;
  }

  #foldFresh(): void {
    for (const [queue, sums] of this.#fresh)
      for (const scale of Object.values(SCALES)) {
        const step = stepAt(scale, this.#freshSince);
        const topic = topicOf(scale, step);
        const known = this.#topics.get(topic) ?? new TopicSums(scale, step, this.parts.random.id());
        known.add(queue, step, sums);
        this.#topics.set(topic, known);
      }
    this.#fresh.clear();
  }

  async #send(): Promise<void> {
    const news = [...this.#topics.values()].filter(({ isNews }) => isNews);
    if (news.length === 0) return;
    const posts = news.map((sums) => sums.post());
    for (const sums of news) sums.isNews = false;
    try {
      await this.parts.results.post(posts);
    } catch (error) {
      for (const sums of news) sums.isNews = true;
      this.parts.report({ doing: 'keeping the history of outcomes', error });
      if (!this.#closed && this.#cancelTimer === undefined) this.#postLater();
    }
    const now = this.parts.now();
    for (const [topic, sums] of this.#topics) if (sums.isOver(now)) this.#topics.delete(topic);
  }
}
