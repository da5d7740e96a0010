import type { BulkReply, CountReply, JobAction } from '#contract';
import { post } from '../api/request.js';
import { isPicked, stepOf, type Target } from './target.js';

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
  if (isPicked(target)) return target.ids.length;
  let counted: Counted = { matched: 0, looked: 0, of: 0 };
  let cursor: string | undefined;
  do {
    const reply = await post<CountReply>('jobs/count', { ...target, cursor }, signal);
    counted = {
      matched: counted.matched + reply.matched,
      looked: counted.looked + reply.scanned.looked,
      of: reply.scanned.of,
    };
    tell(counted);
    cursor = reply.next;
  } while (cursor !== undefined);
  return counted.matched;
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
  const parts = isPicked(target) ? picked(target.ids, Math.min(limit, PICKED_STEP)) : [target];
  for (const part of parts) {
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

function picked(ids: readonly string[], size: number): Target[] {
  const steps = Math.ceil(ids.length / size);
  return Array.from({ length: steps }, (_, at) => ({ ids: ids.slice(at * size, (at + 1) * size) }));
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
