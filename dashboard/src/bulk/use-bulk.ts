import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { JobAction } from '#contract';
import { type Counted, countMatching, type Progress, runBulk } from './run-bulk.js';
import type { Target } from './target.js';

/** Counting → ready → running → done; `failed` from any of them. */
export type BulkPhase =
  | { readonly at: 'counting'; readonly counted?: Counted }
  | { readonly at: 'ready'; readonly count: number }
  | { readonly at: 'running'; readonly count: number; readonly progress: Progress }
  | { readonly at: 'done'; readonly progress: Progress; readonly stopped: boolean }
  | { readonly at: 'failed'; readonly error: Error };

/** Counts at once; acts when told to. Closing the dialog ends both. */
export function useBulk(action: JobAction, target: Target) {
  const client = useQueryClient();
  const [phase, setPhase] = useState<BulkPhase>({ at: 'counting' });
  const running = useRef<AbortController>(undefined);

  // What is counted is what is done, whatever happens on the page behind.
  const [counted] = useState(target);
  useEffect(() => {
    const counting = new AbortController();
    void count(counted, counting.signal, setPhase);
    return () => {
      counting.abort();
      running.current?.abort();
    };
  }, [counted]);

  const run = async (matched: number, perSecond?: number) => {
    const stop = new AbortController();
    running.current = stop;
    let latest: Progress = { done: 0, skipped: 0 };
    const tell = (progress: Progress) => {
      latest = progress;
      setPhase({ at: 'running', count: matched, progress });
    };
    tell(latest);
    try {
      await runBulk({ action, target: counted, perSecond, signal: stop.signal, tell });
      setPhase({ at: 'done', progress: latest, stopped: stop.signal.aborted });
    } catch (error) {
      if (stop.signal.aborted) setPhase({ at: 'done', progress: latest, stopped: true });
      else setPhase(failed(error));
    } finally {
      void client.invalidateQueries();
    }
  };
  return { phase, run, stop: () => running.current?.abort() };
}

async function count(
  target: Target,
  signal: AbortSignal,
  tell: (phase: BulkPhase) => void,
): Promise<void> {
  try {
    const matched = await countMatching(target, signal, (counted) => {
      tell({ at: 'counting', counted });
    });
    tell({ at: 'ready', count: matched });
  } catch (error) {
    if (!signal.aborted) tell(failed(error));
  }
}

const failed = (error: unknown): BulkPhase => ({
  at: 'failed',
  error: error instanceof Error ? error : new Error(String(error)),
});
