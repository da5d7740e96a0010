import type { JobDetail, NewJob } from '#contract';

/** A new job as it is typed. */
export interface Draft {
  readonly task: string;
  readonly payload: string;
  readonly id: string;
  readonly queue: string;
  readonly priority: string;
  readonly maxRetries: string;
  readonly delaySeconds: string;
  readonly headers: string;
}

export type DraftErrors = Readonly<Partial<Record<keyof Draft, string>>>;

const EMPTY: Draft = {
  task: '',
  payload: '{}',
  id: '',
  queue: '',
  priority: '',
  maxRetries: '',
  delaySeconds: '',
  headers: '',
};

/** Begins as a copy; without an id, which is taken. */
export function draftOf(job: JobDetail | undefined): Draft {
  if (!job) return EMPTY;
  const headers = Object.keys(job.headers).length > 0 ? JSON.stringify(job.headers, null, 2) : '';
  return {
    ...EMPTY,
    task: job.task,
    payload: job.payload.value === undefined ? '' : JSON.stringify(job.payload.value, null, 2),
    queue: job.queue,
    priority: job.priority === 0 ? '' : `${job.priority}`,
    maxRetries: `${job.maxRetries}`,
    headers,
  };
}

export type Read = { readonly job: NewJob } | { readonly errors: DraftErrors };

/** The job that was typed, or what is wrong with it, all at once. */
export function readDraft(draft: Draft): Read {
  const errors: Partial<Record<keyof Draft, string>> = {};
  const json = (field: 'payload' | 'headers'): unknown => {
    if (draft[field].trim() === '') return undefined;
    try {
      return JSON.parse(draft[field]);
    } catch (error) {
      errors[field] = `Not JSON: ${error instanceof Error ? error.message : String(error)}`;
      return undefined;
    }
  };
  const whole = (field: 'priority' | 'maxRetries' | 'delaySeconds', least: number) => {
    if (draft[field].trim() === '') return undefined;
    const value = Number(draft[field]);
    if (Number.isInteger(value) && value >= least) return value;
    errors[field] = least === 0 ? 'A whole number, 0 or more' : 'A whole number';
    return undefined;
  };
  if (draft.task.trim() === '') errors.task = 'Which task?';
  const headers = json('headers');
  if (headers !== undefined && !isHeaders(headers)) errors.headers = 'An object of strings';
  const delaySeconds = whole('delaySeconds', 0);
  const job: NewJob = {
    task: draft.task.trim(),
    payload: json('payload'),
    id: draft.id.trim() || undefined,
    queue: draft.queue.trim() || undefined,
    priority: whole('priority', -Infinity),
    maxRetries: whole('maxRetries', 0),
    delayMs: delaySeconds === undefined ? undefined : delaySeconds * 1_000,
    headers: isHeaders(headers) ? headers : undefined,
  };
  return Object.keys(errors).length > 0 ? { errors } : { job };
}

function isHeaders(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}
