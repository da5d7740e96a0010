import type { JobState } from './jobs.js';

/** `GET workflows/:id`: a group or a chain as a picture. */
export interface Workflow {
  readonly id: string;
  readonly kind: 'group' | 'chain';
  readonly state: 'processing' | 'successful' | 'failed' | 'cancelled';
  /** Members in order (at most 1,000: `of` says how many there are). */
  readonly nodes: readonly WorkflowNode[];
  readonly of: number;
  readonly callbacks: readonly WorkflowCallback[];
  /** The chain that this group is a step of. */
  readonly chainId?: string | undefined;
}

export interface WorkflowNode {
  readonly id: string;
  readonly kind: 'job' | 'group';
  /** `waiting`: a later step that has not been released. */
  readonly state: JobState | 'waiting';
  readonly task?: string | undefined;
  readonly error?: string | undefined;
  /** Of a group that is a step. */
  readonly members?: readonly WorkflowNode[] | undefined;
}

export interface WorkflowCallback {
  readonly id: string;
  readonly on: 'success' | 'error' | 'complete';
  readonly task: string;
  readonly state: JobState | 'waiting';
}
