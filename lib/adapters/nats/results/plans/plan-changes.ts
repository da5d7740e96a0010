import type { Mark } from '../../../../core/ports/results.js';
import type { PlanStandings } from './plan-standings.js';

/** What is to change in how a plan stands. */
export type PlanChange =
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'dispatched'; readonly ends: readonly string[] }
  | { readonly kind: 'release'; readonly at: number };

/** True when at least one of them changes something. */
export function applyAll(standings: PlanStandings, changes: readonly PlanChange[]): boolean {
  return changes.map((change) => apply(standings, change)).includes(true);
}

function apply(standings: PlanStandings, change: PlanChange): boolean {
  if (change.kind === 'mark') return standings.mark(change.mark);
  if (change.kind === 'dispatched') return standings.noteDispatched(change.ends);
  return standings.release(change.at);
}

export function marksAmong(changes: readonly PlanChange[]): readonly Mark[] {
  return changes.flatMap((change) => (change.kind === 'mark' ? [change.mark] : []));
}
