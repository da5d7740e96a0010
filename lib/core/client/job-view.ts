import { attemptError } from '../attempt-error.js';
import { decodeOrRaw } from '../encoded-value.js';
import type { JobMessage } from '../job-message.js';
import type { JobBody } from '../message/job-body.js';
import {
  bodyOrRaw,
  scheduleOrRaw,
  UNREADABLE_TASK,
  unreadableBody,
} from '../message/unreadable-body.js';
import type { Settings } from '../options.js';
import { policyOf } from '../policy.js';
import type { StoredMessage } from '../ports/message.js';
import type { JobRecord } from '../ports/record.js';
import type { TaskTable } from '../task-table.js';
import { inlineValueOf } from '../workflow/prev-decoder.js';

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** Shows what the stores hold of a job as a `JobMessage`. */
export class JobView {
  constructor(
    private readonly settings: Settings,
    private readonly tasks: TaskTable,
    private readonly now: () => number,
  ) {}

  /** A job that has begun, or has ended. */
  ofRecord(record: JobRecord): JobMessage {
    const body = bodyOf(record);
    return {
      ...this.#ofBody(record.id, record.queue, body),
      task: record.task,
      status: this.statusOf(record),
      maxRetries: record.maxRetries,
      retried: record.retried,
      attempt: record.attempt,
      crashes: record.crashes,
      prevError: record.errors.at(-1)?.message,
      eta: dateOf(record.retryAt ?? body.terms.eta),
      processedAt: record.attempt === 0 ? undefined : dateOf(record.processedAt),
      finishedAt: dateOf(record.finishedAt),
      onSuccessIds: [...record.onSuccessIds],
      onErrorIds: [...record.onErrorIds],
      lastProgress: record.progress && this.#decode(record.progress),
      logs: [...record.logs],
      errors: record.errors.map(attemptError),
    };
  }

  /** A retry that is due is queued like any other job, whether or not a worker has had time for it. */
  statusOf({ status, retryAt = Infinity }: JobRecord): JobRecord['status'] {
    return status === 'retrying' && retryAt <= this.now() ? 'queued' : status;
  }

  /** A job that waits, or has only just started. */
  ofMessage(stored: StoredMessage): JobMessage {
    if (stored.kind === 'schedule') return this.#ofSchedule(stored);
    const body = (stored.kind === 'plan' ? unreadableBody : bodyOrRaw)(stored.body, stored.dueAt);
    const delayed = stored.state === 'delayed' || stored.state === 'retrying';
    return {
      ...this.#ofBody(stored.id, stored.queue, body),
      status: stored.state === 'delayed' ? 'scheduled' : delayed ? 'retrying' : 'queued',
      // A start counts at once, although its record may come a little later.
      attempt: stored.state === 'started' ? 1 : 0,
      priority: stored.priority,
      crashes: stored.crashes,
      eta: delayed ? new Date(stored.dueAt) : dateOf(body.terms.eta),
    };
  }

  #ofSchedule(stored: StoredMessage): JobMessage {
    const { run, spec, enqueuedAt, paused } = scheduleOrRaw(stored.body, stored.dueAt);
    return {
      ...this.#ofBody(stored.id, stored.queue, { ...run, enqueuedAt }),
      status: 'scheduled',
      schedule: spec.cron,
      eta: paused ? undefined : new Date(stored.dueAt),
    };
  }

  #ofBody(id: string, queue: string, body: JobBody): JobMessage {
    const { terms } = body;
    const policy = policyOf(terms, this.tasks.get(body.task), this.settings.defaults);
    return {
      id,
      task: body.task,
      payload: this.#decode(body.payload),
      queue,
      status: 'queued',
      maxRetries: policy.maxRetries,
      retried: 0,
      attempt: 0,
      crashes: 0,
      priority: terms.priority ?? 0,
      headers: terms.headers ?? NO_HEADERS,
      enqueuedAt: new Date(body.enqueuedAt),
      expiresAt: dateOf(terms.expiresAt),
      timeout: policy.timeoutMs,
      scheduleId: terms.scheduleId,
      prevJobResult: terms.prev && inlineValueOf(this.settings.codec, terms.prev),
      onSuccessIds: [],
      onErrorIds: [],
      groupId: terms.groupId,
      chainId: terms.chainId,
      logs: [],
      errors: [],
    };
  }

  #decode(bytes: Uint8Array): unknown {
    return decodeOrRaw(this.settings.codec, bytes);
  }
}

/** What was refused as unreadable is shown as its raw bytes, even where they would make some other message. */
function bodyOf({ task, body, finishedAt = 0 }: JobRecord): JobBody {
  return task === UNREADABLE_TASK ? unreadableBody(body, finishedAt) : bodyOrRaw(body, finishedAt);
}

function dateOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}
