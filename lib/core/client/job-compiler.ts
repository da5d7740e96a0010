import type { Codec } from '../codec.js';
import { didYouMean } from '../did-you-mean.js';
import { encodeForMessage, exactBytes, mostBytes, type EncodedValue } from '../encoded-value.js';
import { PayloadTooLargeError, UnknownTaskError } from '../errors.js';
import {
  NO_TERMS,
  type JobTemplate,
  type JobTerms,
  type StoredPolicy,
} from '../message/job-terms.js';
import type { Settings } from '../options.js';
import { validate } from '../schema-check.js';
import { NO_JOB_OPTIONS } from '../spec/job.js';
import type { JobSpec } from '../spec/job-spec.js';
import type { TaskPolicy } from '../spec/task-policy.js';
import { DEFAULT_QUEUE, type TaskTable } from '../task-table.js';

/**
 * Specs to templates: everything that can be wrong with a job is found here, before anything is sent.
 * Without a schema it answers at once: most enqueues need no promise more than the broker's.
 */
export class JobCompiler {
  readonly #codec: Codec;

  constructor(
    private readonly settings: Settings,
    private readonly tasks: TaskTable,
  ) {
    this.#codec = settings.codec;
  }

  /** Throws, or rejects with, UnknownTaskError, PayloadValidationError, PayloadTooLargeError, EncodingError. */
  compile(spec: JobSpec): JobTemplate | Promise<JobTemplate> {
    this.#refuseUnknown(spec);
    const schema = spec.definition?.payload ?? this.tasks.get(spec.task)?.payload;
    const checked = schema && validate(schema, spec.payload, `payload of '${spec.task}'`);
    return checked instanceof Promise || hasFollowUps(spec)
      ? this.#compileSlowly(spec, checked)
      : this.#template(spec, undefined);
  }

  async compileAll(specs: readonly JobSpec[]): Promise<JobTemplate[]> {
    const templates: JobTemplate[] = [];
    for (const spec of specs) {
      const template = this.compile(spec);
      templates.push(template instanceof Promise ? await template : template);
    }
    return templates;
  }

  async #compileSlowly(spec: JobSpec, checked: unknown): Promise<JobTemplate> {
    await checked;
    const { onSuccess, onError } = spec.options;
    return this.#template(spec, {
      ...(onSuccess?.length && { onSuccess: await this.compileAll(onSuccess) }),
      ...(onError?.length && { onError: await this.compileAll(onError) }),
    });
  }

  /** Where the job will wait. */
  queueOf({ task, options, definition }: JobSpec): string {
    return options.queue ?? this.tasks.queueOf(task) ?? definition?.queue ?? DEFAULT_QUEUE;
  }

  #template(
    spec: JobSpec,
    followUps: Pick<JobTerms, 'onSuccess' | 'onError'> | undefined,
  ): JobTemplate {
    const { task, options, payload } = spec;
    return {
      id: options.id,
      task,
      queue: this.queueOf(spec),
      // The input is stored, not what the schema made of it: transforms run once, before the handler.
      payload: this.#encode(task, payload),
      delayMs: options.delay,
      terms: this.#terms(spec, followUps),
    };
  }

  #encode(task: string, payload: unknown): EncodedValue {
    const encoded = encodeForMessage(this.#codec, payload);
    const { maxPayloadBytes } = this.settings;
    const bytes = mostBytes(encoded) - 1 > maxPayloadBytes ? exactBytes(encoded) - 1 : 0;
    if (bytes > maxPayloadBytes)
      throw new PayloadTooLargeError(
        `the payload of '${task}' has ${bytes} bytes, maxPayloadBytes is ${maxPayloadBytes}: ` +
          'store the data elsewhere and pass its key, or raise the limit',
      );
    return encoded;
  }

  #terms(spec: JobSpec, followUps: JobTerms | undefined): JobTerms {
    const { options, definition } = spec;
    const defined =
      definition && this.tasks.get(spec.task) === undefined ? storable(definition) : undefined;
    if (options === NO_JOB_OPTIONS && followUps === undefined && defined === undefined)
      return NO_TERMS;
    const terms = definedOnly<JobTerms>({
      maxRetries: options.maxRetries,
      backoff: options.backoff,
      timeoutMs: options.timeout,
      priority: options.priority === 0 ? undefined : options.priority,
      eta: options.eta?.getTime(),
      expiresAt: options.expiresAt?.getTime(),
      headers: options.headers,
      defined,
      ...followUps,
    });
    return terms ?? NO_TERMS;
  }

  #refuseUnknown({ task, definition }: JobSpec): void {
    if (definition || this.settings.unknownTasks === 'allow' || this.tasks.get(task)) return;
    const names = this.tasks.names();
    const guess = didYouMean(task, names);
    throw new UnknownTaskError(
      `no handler for task '${task}' in this process${guess ? ` (did you mean '${guess}'?)` : ''}: ` +
        `it knows ${names.length === 0 ? 'none' : names.map((name) => `'${name}'`).join(', ')}. ` +
        "Add @Task, enqueue by a definition, or set unknownTasks: 'allow'",
    );
  }
}

function hasFollowUps({ options }: JobSpec): boolean {
  return (options.onSuccess?.length ?? 0) + (options.onError?.length ?? 0) > 0;
}

/** A definition's policy for workers that do not know the definition; functions cannot travel. */
function storable({ maxRetries, backoff, timeout }: TaskPolicy): StoredPolicy | undefined {
  return definedOnly<StoredPolicy>({
    maxRetries,
    backoff: typeof backoff === 'function' ? undefined : backoff,
    timeoutMs: timeout,
  });
}

function definedOnly<T extends object>(value: T): T | undefined {
  return Object.values(value).some((item) => item !== undefined) ? value : undefined;
}
