import type { WorkflowStatus } from '../job-status.js';
import type { MarkStatus, PlanRecord } from '../ports/record.js';
import type { End } from './job-ids.js';

/** Successful when every member is; failed once every member has ended and one did not succeed. */
export function groupStatus({ marks, cancelled }: PlanRecord): WorkflowStatus {
  if (cancelled) return 'cancelled';
  if (marks.some((mark) => mark === 'open')) return 'processing';
  return marks.every((mark) => mark === 'successful') ? 'successful' : 'failed';
}

/** The step that decides: the first that has not succeeded. */
export function currentStep({ marks }: PlanRecord): number {
  const index = marks.findIndex((mark) => mark !== 'successful');
  return index === -1 ? marks.length : index;
}

export function chainStatus(plan: PlanRecord): WorkflowStatus {
  if (plan.cancelled) return 'cancelled';
  const mark = plan.marks[currentStep(plan)];
  if (mark === undefined) return 'successful';
  return mark === 'open' ? 'processing' : mark;
}

/** What an end gives rise to and has not been dispatched yet: each at most once ever. */
export function endsDue(status: WorkflowStatus, dispatched: readonly string[]): End[] {
  const due: End[] =
    status === 'successful'
      ? ['success', 'complete']
      : status === 'failed'
        ? ['error', 'complete']
        : status === 'cancelled'
          ? ['complete']
          : [];
  return due.filter((end) => !dispatched.includes(end));
}

/** How a group that is a step tells its chain; its generation grows with every retry within it. */
export function markOfGroup(plan: PlanRecord): { status: MarkStatus; generation: number } {
  const status = groupStatus(plan);
  return {
    status: status === 'processing' ? 'open' : status,
    generation: plan.generations.reduce((sum, generation) => sum + generation, 1),
  };
}
