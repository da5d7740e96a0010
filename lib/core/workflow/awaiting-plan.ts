import type { Results } from '../ports/results.js';
import { ownersOf } from './job-ids.js';

/**
 * The group or chain that waits for a message whose body cannot tell, because it cannot be read: its id
 * does, if it was derived. Rejects when the results do not answer.
 */
export async function planAwaiting(
  results: Results,
  memberId: string,
): Promise<string | undefined> {
  const owners = ownersOf(memberId);
  if (owners.length === 0) return undefined;
  for (const found of await results.get(owners))
    if (found?.record.kind === 'plan' && found.record.memberIds.includes(memberId))
      return found.record.id;
  return undefined;
}
