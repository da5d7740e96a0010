import type { Versioned } from '../ports/record.js';
import type { Run } from './run.js';

/**
 * A write of this run was refused because an earlier one of its own had been stored, and its
 * confirmation lost: true, and the run goes on from there. False when the state is somebody else's.
 */
export function goesOnFromOwn(run: Run, stored: Versioned | undefined): boolean {
  if (stored?.record.kind !== 'job') return false;
  const { status, generation, run: number, attempt } = stored.record;
  const isOwn =
    status === 'processing' &&
    generation === run.delivery.generation &&
    number === run.run &&
    attempt === run.attempt;
  if (isOwn) run.revision = stored.revision;
  return isOwn;
}
