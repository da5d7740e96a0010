import type { QueueClaim } from '../../../core/ports/broker.js';
import { type Candidate, candidateOf } from './candidate.js';
import type { HandBack } from './hand-back.js';
import type { Pull, Pulls } from './pulls.js';
import type { Queues } from './queues.js';

/**
 * A server tells its consumers of new messages a moment after it has confirmed them: who was told
 * that there is nothing listens for this long.
 */
const AFTERTHOUGHT_MS = 4;
/** After a refusal (others wait for more than there is, or the consumer is gone) it asks again. */
const REFUSED_MS = 20;
/** Where a leader may fall, what was asked of it is forgotten: the next one is asked soon. */
const LEADER_WAITS_MS = 2_000;
/** A pull asks for no more: what it brings has to fit into memory, and into one ledger. */
const MOST_PER_PULL = 5_000;

export interface Wait {
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Gets tickets from the consumers: by priority, then in order, and never more than asked for. */
export class Claimer {
  readonly #stop = new AbortController();
  readonly #longestPullMs: number;

  constructor(
    private readonly queues: Queues,
    private readonly pulls: Pulls,
    private readonly handBack: HandBack,
    isClustered: boolean,
  ) {
    this.#longestPullMs = isClustered ? LEADER_WAITS_MS : Infinity;
  }

  /** Waiting calls answer with what they have. */
  close(): void {
    this.#stop.abort();
  }

  /** What there is now. */
  async now(claims: readonly QueueClaim[]): Promise<readonly Candidate[]> {
    const perQueue = await Promise.all(
      claims.map(({ queue, slots, ahead }) => this.#fromQueue(queue, slots + ahead)),
    );
    return perQueue.flat();
  }

  /** What comes first, in as much of the time as it needs; undefined when told to stop. */
  async first(
    claims: readonly QueueClaim[],
    wait: Wait,
  ): Promise<readonly Candidate[] | undefined> {
    const until = performance.now() + Math.max(wait.waitMs, AFTERTHOUGHT_MS);
    const stop = AbortSignal.any([this.#stop.signal, ...(wait.signal ? [wait.signal] : [])]);
    for (;;) {
      if (stop.aborted) return undefined;
      const leftMs = until - performance.now();
      if (leftMs <= 0) return [];
      const found = await this.#once(claims, Math.min(leftMs, this.#longestPullMs), stop);
      if (found.length > 0) return found;
    }
  }

  async #fromQueue(queue: string, most: number): Promise<readonly Candidate[]> {
    const found: Candidate[] = [];
    for (const level of this.queues.levels(queue)) {
      const batch = Math.min(MOST_PER_PULL, most) - found.length;
      if (batch <= 0 || this.queues.paused(queue)) break;
      const pull = this.pulls.start({ level, batch, waitMs: 0 });
      await pull.ended;
      found.push(...candidatesOf(pull));
    }
    return this.#unlessPaused(queue, found);
  }

  /** Until something comes, time is up, or queues have changed. */
  async #once(
    claims: readonly QueueClaim[],
    waitMs: number,
    stop: AbortSignal,
  ): Promise<readonly Candidate[]> {
    const pulls = claims.flatMap((claim) => this.#waitingPulls(claim, waitMs));
    await new Promise<void>((resolve) => {
      const names = new Set(claims.map(({ queue }) => queue));
      const stopHearing = this.queues.onChange((queue) => {
        if (names.has(queue)) finish();
      });
      const finish = (): void => {
        clearTimeout(timer);
        stopHearing();
        stop.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, waitMs).unref();
      stop.addEventListener('abort', finish);
      for (const { ended, messages } of pulls)
        void ended.then(() =>
          messages.length > 0 ? finish() : setTimeout(finish, REFUSED_MS).unref(),
        );
      if (stop.aborted) finish();
    });
    await Promise.all(pulls.map((pull) => pull.cancel()));
    return this.#upTo(claims, pulls.flatMap(candidatesOf));
  }

  #waitingPulls({ queue, slots, ahead }: QueueClaim, waitMs: number): Pull[] {
    const most = Math.min(MOST_PER_PULL, slots + ahead);
    if (most <= 0 || this.queues.paused(queue)) return [];
    const levels = this.queues.levels(queue);
    // Of several at once, each brings its own: one is enough, and the others go back.
    const batch = levels.length > 1 ? 1 : most;
    return levels.map((level) => this.pulls.start({ level, batch, waitMs }));
  }

  /** For each queue what it asked for; the rest goes back. */
  async #upTo(
    claims: readonly QueueClaim[],
    found: readonly Candidate[],
  ): Promise<readonly Candidate[]> {
    const kept: Candidate[] = [];
    for (const { queue, slots, ahead } of claims) {
      const ofQueue = found.filter(({ level }) => level.queue === queue);
      const wanted = await this.#unlessPaused(queue, ofQueue);
      kept.push(...wanted.slice(0, slots + ahead));
      if (wanted.length > slots + ahead) await this.handBack.all(wanted.slice(slots + ahead));
    }
    return kept;
  }

  async #unlessPaused(queue: string, found: readonly Candidate[]): Promise<readonly Candidate[]> {
    if (found.length === 0 || !this.queues.paused(queue)) return found;
    await this.handBack.all(found);
    return [];
  }
}

/** In the order of the stream: what was handed back comes before what it stood before. */
function candidatesOf({ level, messages }: Pull): Candidate[] {
  return messages.map((msg) => candidateOf(level, msg)).sort((a, b) => a.sequence - b.sequence);
}
