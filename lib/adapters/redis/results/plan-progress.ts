import type { PlanProgress } from '../../../core/ports/results.js';

/** Two numbers for each plan; none where no plan is. */
export function readProgress(reply: readonly unknown[]): (PlanProgress | undefined)[] {
  const progress: (PlanProgress | undefined)[] = [];
  for (let at = 0; at < reply.length; at += 2) {
    const [members, open] = [reply[at], reply[at + 1]];
    progress.push(members === null ? undefined : { members: Number(members), open: Number(open) });
  }
  return progress;
}
