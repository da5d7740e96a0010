import type { JobStatus } from '../../../../core/job-status.js';
import type { JobRecord, PlanRecord, Tombstone } from '../../../../core/ports/record.js';
import { toToken } from '../../connection/subject-token.js';

/** What a message is, as one letter: the status of a job, or another kind. */
export const LETTERS = {
  queued: 'q',
  processing: 'p',
  retrying: 'r',
  successful: 's',
  failed: 'f',
  cancelled: 'c',
  plan: 'P',
  tombstone: 'T',
  marks: 'M',
  part: 'X',
  note: 'N',
  keeper: 'K',
} as const satisfies Record<Exclude<JobStatus, 'scheduled'> | OtherKind, string>;

type OtherKind = 'plan' | 'tombstone' | 'marks' | 'part' | 'note' | 'keeper';

/**
 * What lists and retention need to know of a message, without its payload: it travels in a header, so
 * that storing a record and listing it are one publish. Names are tokens, as in subjects.
 */
export interface Label {
  /** One of LETTERS. */
  readonly letter: string;
  /** When it began to age, epoch ms; 0: it does not age. */
  readonly at: number;
  /** Of a job its queue; of a plan or tombstone its own id; of marks what retention makes of the plan. */
  readonly queue?: string | undefined;
  /** Of a job its task; of marks how their plan ended, if it has. */
  readonly task?: string | undefined;
  /** The plan that it belongs to; of marks: whose they are; of a part: the write that wrote it. */
  readonly plan?: string | undefined;
  /** The write that wrote its parts, where it has any. */
  readonly parts?: string | undefined;
}

export const LABEL_HEADER = 'Tasqueue';
const NOTHING = '.';

/** `write` is unlike that of any other write: a writer knows its own by it. */
export function formatLabel(write: string, label: Label): string {
  const { letter, at, queue = NOTHING, task = NOTHING, plan = NOTHING, parts } = label;
  const text = `${write} ${letter} ${at.toString(36)} ${queue} ${task} ${plan}`;
  return parts === undefined ? text : `${text} ${parts}`;
}

export function parseLabel(text: string): Label & { readonly write: string } {
  const [write = '', letter = '', at = '', ...names] = text.split(' ');
  const [queue, task, plan, parts] = names.map((name) => (name === NOTHING ? undefined : name));
  return { write, letter, at: Number.parseInt(at, 36), queue, task, plan, parts };
}

export function jobLabel(job: JobRecord): Label {
  return {
    letter: LETTERS[job.status],
    at: job.finishedAt ?? 0,
    queue: toToken(job.queue),
    task: toToken(job.task),
    plan: job.planId === undefined ? undefined : toToken(job.planId),
  };
}

export function otherLabel(record: PlanRecord | Tombstone, at: number): Label {
  const planId = record.kind === 'plan' ? record.planId : undefined;
  return {
    letter: LETTERS[record.kind],
    at,
    queue: toToken(record.id),
    plan: planId === undefined ? undefined : toToken(planId),
  };
}
