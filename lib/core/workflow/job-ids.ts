/** The ends at which a job, a group or a chain gives rise to other jobs. */
export type End = 'success' | 'error' | 'complete';

/**
 * What the ids derived from an id begin with. An id that is enqueued anew after a deletion leads
 * another life: the jobs that belong to it are not those of the life before.
 */
export function ownerName(id: string, life = 1): string {
  return life === 1 ? id : `${id}~${life}`;
}

/** Derived ids are fixed: dispatching twice gives one job (rule 8). An own id wins. */
export function followUpId(owner: string, end: End, index: number, own?: string): string {
  return own ?? `${owner}:${end}:${index}`;
}

export function memberId(owner: string, index: number, own?: string): string {
  return own ?? `${owner}:${index}`;
}

/** `slotAt`: epoch ms. */
export function slotId(scheduleId: string, slotAt: number): string {
  return `${scheduleId}:${new Date(slotAt).toISOString()}`;
}

const MEMBER_ID = /^(.+):\d+$/;
const OWNER_NAME = /^(.+)~\d+$/;

/** The ids of the groups or chains that an id may have been derived from as a member's. */
export function ownersOf(id: string): string[] {
  const owner = MEMBER_ID.exec(id)?.[1];
  if (owner === undefined) return [];
  const bare = OWNER_NAME.exec(owner)?.[1];
  return bare === undefined ? [owner] : [owner, bare];
}
