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
