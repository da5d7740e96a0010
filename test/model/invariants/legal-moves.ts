import type { JobStatus } from '../../../lib/core/job-status.js';
import { TRANSITIONS, type LifecycleState, type Transition } from '../../../lib/core/lifecycle.js';

const transitions: readonly Transition[] = Object.values(TRANSITIONS);

/** States out of which `from` can come by one event, or by several that leave no record in between. */
function reachable(from: LifecycleState): ReadonlySet<LifecycleState> {
  const unseen: ReadonlySet<LifecycleState> = new Set([
    'scheduled',
    'queued',
    'processing',
    'retrying',
  ]);
  const seen = new Set<LifecycleState>();
  const open: LifecycleState[] = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop())
    for (const { from: sources, to } of transitions) {
      if (!sources.includes(state) || seen.has(to)) continue;
      seen.add(to);
      if (unseen.has(to)) open.push(to);
    }
  return seen;
}

const MOVES = new Map<LifecycleState, ReadonlySet<LifecycleState>>();

/**
 * How a record went from one status to another, if nothing in docs/lifecycle.md leads there. A record
 * need not show each state on the way: only those that are written. An outcome moves on by a retry
 * alone, which raises the generation.
 */
export function illegalMove(
  from: JobStatus | 'none',
  to: JobStatus,
  raised: boolean,
): string | undefined {
  const moves = MOVES.get(from) ?? reachable(from);
  MOVES.set(from, moves);
  const over = from === 'successful' || from === 'failed' || from === 'cancelled';
  if (from === to || (moves.has(to) && (!over || raised))) return undefined;
  return `from ${from} to ${to}`;
}
