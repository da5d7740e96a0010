import type { JobStatus, WorkflowStatus } from '../job-status.js';

/** `waiting`: a later step, or a callback, that has not been released. */
export type MemberStatus = JobStatus | 'waiting';

export interface WorkflowMember {
  readonly id: string;
  readonly kind: 'job' | 'group';
  readonly status: MemberStatus;
  readonly task?: string | undefined;
  /** Message of the last failed attempt. */
  readonly error?: string | undefined;
  /** Of a group that is a step: its jobs, at most as many as are shown of a group. */
  readonly members?: readonly WorkflowMember[] | undefined;
}

/** A job that the end of a group, or the failure of a chain, gives rise to. */
export interface WorkflowCallback {
  readonly id: string;
  readonly on: 'success' | 'error' | 'complete';
  readonly task: string;
  readonly status: MemberStatus;
}

/** A group or a chain with its members, as it stands now. */
export interface WorkflowMessage {
  readonly id: string;
  readonly kind: 'group' | 'chain';
  readonly status: WorkflowStatus;
  readonly enqueuedAt: Date;
  /** In order, the first 1,000; `of` says how many there are. */
  readonly members: readonly WorkflowMember[];
  readonly of: number;
  readonly callbacks: readonly WorkflowCallback[];
  /** The chain that this group is a step of. */
  readonly chainId?: string | undefined;
}
