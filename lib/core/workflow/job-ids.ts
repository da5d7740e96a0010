/** The ends at which a job, a group or a chain gives rise to other jobs. */
export type End = 'success' | 'error' | 'complete';

/** Derived ids are fixed: dispatching twice gives one job (rule 8). An own id wins. */
export function followUpId(ownerId: string, end: End, index: number, own?: string): string {
  return own ?? `${ownerId}:${end}:${index}`;
}

export function memberId(planId: string, index: number, own?: string): string {
  return own ?? `${planId}:${index}`;
}

/** `slotAt`: epoch ms. */
export function slotId(scheduleId: string, slotAt: number): string {
  return `${scheduleId}:${new Date(slotAt).toISOString()}`;
}
