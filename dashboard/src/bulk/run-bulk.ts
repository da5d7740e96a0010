import type { BulkReply, CountReply, JobAction } from '#contract';
import { post } from '../api/request.js';
import { type Part, partsOf, stepOf, type Target } from './target.js';

export interface Counted {
  readonly matched: number;
  readonly looked: number;
  readonly of: number;
}

export interface Progress {
  readonly done: number;
  readonly skipped: number;
}

/** What a step acts on at most: the API's own ceiling. */
const STEP = 500;
/** Picked jobs go in steps too: a request stays small. */
const PICKED_STEP = 100;

/** How many match, told while it is counted. */
export async function countMatching(
  target: Target,
  signal: AbortSignal,
  tell: (counted: Counted) => void,
): Promise<number> {
  if ('ids' in target) return target.ids.length;
  let sum: Counted = { matched: 0, looked: 0, of: 0 };
  for (const part of partsOf(target, PICKED_STEP)) {
    for await (const { matched, scanned } of countsOf(part, signal)) {
      sum = { matched: sum.matched + matched, looked: sum.looked + scanned.looked, of: scanned.of };
      tell(sum);
    }
  }
  return sum.matched;
}

async function* countsOf(part: Part, signal: AbortSignal): AsyncGenerator<CountReply> {
  let cursor: string | undefined;
  do {
    const reply = await post<CountReply>('jobs/count', { ...part, cursor }, signal);
    yield reply;
    cursor = reply.next;
  } while (cursor !== undefined);
}

interface Bulk {
  readonly action: JobAction;
  readonly target: Target;
  /** Jobs a second at most; undefined: as fast as it goes. */
  readonly perSecond?: number | undefined;
  readonly signal: AbortSignal;
  readonly tell: (progress: Progress) => void;
}

/** Acts on all of a target, step by step; an abort ends it between two steps. */
export async function runBulk(bulk: Bulk): Promise<Progress> {
  let progress: Progress = { done: 0, skipped: 0 };
  for await (const reply of repliesOf(bulk)) {
    progress = { done: progress.done + reply.done, skipped: progress.skipped + reply.skipped };
    bulk.tell(progress);
  }
  return progress;
}

async function* repliesOf({ action, target, perSecond, signal }: Bulk): AsyncGenerator<BulkReply> {
  const limit = Math.min(STEP, perSecond ?? STEP);
  for (const part of partsOf(target, Math.min(limit, PICKED_STEP))) {
    let cursor: string | undefined;
    do {
      const startedAt = performance.now();
      const reply = await post<BulkReply>(
        'jobs/bulk',
        stepOf(action, part, { cursor, limit }),
        signal,
      );
      yield reply;
      cursor = reply.next;
      const acted = reply.done + reply.skipped;
      if (perSecond !== undefined) await pace((acted / perSecond) * 1_000, startedAt, signal);
    } while (cursor !== undefined && !signal.aborted);
    if (signal.aborted) return;
  }
}

/** Waits until what was done since `startedAt` has taken as long as it should. */
function pace(ms: number, startedAt: number, signal: AbortSignal): Promise<void> {
  const rest = ms - (performance.now() - startedAt);
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, rest));
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
