import type { EncodedValue } from '../encoded-value.js';
import type { Backoff } from '../spec/task-policy.js';
import type { AttachmentReader, AttachmentWriter } from './attachments.js';
import { broken } from './frame.js';
import {
  fields,
  list,
  nameOf,
  optionalCount,
  optionalDuration,
  optionalGeneration,
  optionalId,
  optionalInstant,
  optionalNumber,
  optionalPriority,
  text,
  textMap,
  type Fields,
} from './header-fields.js';

/** The result of what ran before, in encoded values; by reference to its record where it is large. */
export type PrevResult =
  | { readonly kind: 'value'; readonly value: Uint8Array }
  | { readonly kind: 'values'; readonly values: readonly (Uint8Array | undefined)[] }
  | { readonly kind: 'reference'; readonly id: string };

/** How failures are treated, as far as it can be written down. */
export interface StoredPolicy {
  readonly maxRetries?: number | undefined;
  readonly backoff?: Backoff | undefined;
  readonly timeoutMs?: number | undefined;
}

/** All that a caller asked of a job beyond task and payload, and where the job belongs. */
export interface JobTerms extends StoredPolicy {
  /** From the caller's task definition, where the sender has no handler of its own to ask. */
  readonly defined?: StoredPolicy | undefined;
  readonly priority?: number | undefined;
  /** Epoch ms. */
  readonly eta?: number | undefined;
  readonly expiresAt?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly scheduleId?: string | undefined;
  /** The generation under which it was enqueued, where that is not 1: after a deletion. */
  readonly life?: number | undefined;
  readonly groupId?: string | undefined;
  readonly chainId?: string | undefined;
  readonly prev?: PrevResult | undefined;
  readonly onSuccess?: readonly JobTemplate[] | undefined;
  readonly onError?: readonly JobTemplate[] | undefined;
}

/** A job that is not there yet: a member, a step, a follow-up, the run of a schedule. */
export interface JobTemplate<Payload extends EncodedValue = EncodedValue> {
  /** The caller's own id; otherwise one is derived from where the job belongs. */
  readonly id?: string | undefined;
  /** That own id's next generation, where that is not 1: after a deletion. */
  readonly generation?: number | undefined;
  readonly task: string;
  readonly queue: string;
  readonly payload: Payload;
  /** Counted from the moment it is enqueued. */
  readonly delayMs?: number | undefined;
  readonly terms: JobTerms;
}

export const NO_TERMS: JobTerms = Object.freeze({});

export function writeTerms(terms: JobTerms, attachments: AttachmentWriter): Fields {
  return {
    ...terms,
    prev: terms.prev && writePrev(terms.prev, attachments),
    onSuccess: terms.onSuccess && writeTemplates(terms.onSuccess, attachments),
    onError: terms.onError && writeTemplates(terms.onError, attachments),
  };
}

export function readTerms(value: unknown, attachments: AttachmentReader): JobTerms {
  if (value === undefined) return NO_TERMS;
  const header = fields(value);
  // Written out: to spread the policy in here made this ten times slower, and every member reads it.
  return {
    maxRetries: optionalCount(header['maxRetries'], 'maxRetries'),
    backoff: readBackoff(header['backoff']),
    timeoutMs: optionalDuration(header['timeoutMs'], 'timeout'),
    defined: header['defined'] === undefined ? undefined : readPolicy(fields(header['defined'])),
    priority: optionalPriority(header['priority'], 'priority'),
    eta: optionalInstant(header['eta'], 'eta'),
    expiresAt: optionalInstant(header['expiresAt'], 'expiresAt'),
    headers: textMap(header['headers'], 'headers'),
    scheduleId: optionalId(header['scheduleId'], 'scheduleId'),
    life: optionalGeneration(header['life'], 'life'),
    groupId: optionalId(header['groupId'], 'groupId'),
    chainId: optionalId(header['chainId'], 'chainId'),
    prev: readPrev(header['prev'], attachments),
    onSuccess:
      header['onSuccess'] === undefined
        ? undefined
        : readTemplates(header['onSuccess'], attachments),
    onError:
      header['onError'] === undefined ? undefined : readTemplates(header['onError'], attachments),
  };
}

export function writeTemplates(
  templates: readonly JobTemplate[],
  attachments: AttachmentWriter,
): readonly Fields[] {
  return attachments.deeper(() =>
    templates.map((template) => ({
      ...template,
      payload: attachments.add(template.payload),
      terms: writeTerms(template.terms, attachments),
    })),
  );
}

export function readTemplates(value: unknown, attachments: AttachmentReader): JobTemplate[] {
  return attachments.deeper(() =>
    list(value).map((item) => readTemplate(fields(item), attachments)),
  );
}

export function readTemplate(item: Fields, attachments: AttachmentReader): JobTemplate<Uint8Array> {
  return {
    id: optionalId(item['id'], 'id'),
    generation: optionalGeneration(item['generation'], 'generation'),
    task: nameOf(item['task'], 'task'),
    queue: nameOf(item['queue'], 'queue'),
    payload: attachments.at(item['payload']),
    delayMs: optionalDuration(item['delayMs'], 'delay'),
    terms: readTerms(item['terms'], attachments),
  };
}

export function writePrev(prev: PrevResult, attachments: AttachmentWriter): Fields {
  if (prev.kind === 'reference') return { id: prev.id };
  if (prev.kind === 'value') return { value: attachments.add(prev.value) };
  return {
    values: prev.values.map((value) => (value === undefined ? null : attachments.add(value))),
  };
}

export function readPrev(value: unknown, attachments: AttachmentReader): PrevResult | undefined {
  if (value === undefined) return undefined;
  const prev = fields(value);
  const id = optionalId(prev['id'], 'reference');
  if (id !== undefined) return { kind: 'reference', id };
  if (prev['value'] !== undefined) return { kind: 'value', value: attachments.at(prev['value']) };
  return {
    kind: 'values',
    values: list(prev['values']).map((item) => (item === null ? undefined : attachments.at(item))),
  };
}

function readPolicy(header: Fields): StoredPolicy {
  return {
    maxRetries: optionalCount(header['maxRetries'], 'maxRetries'),
    backoff: readBackoff(header['backoff']),
    timeoutMs: optionalDuration(header['timeoutMs'], 'timeout'),
  };
}

function readBackoff(value: unknown): Backoff | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return optionalDuration(value, 'backoff');
  const backoff = fields(value);
  const type = text(backoff['type'], 'backoff');
  const delay = optionalDuration(backoff['delay'], 'backoff');
  if ((type !== 'fixed' && type !== 'exponential') || delay === undefined)
    throw broken('its backoff cannot be read');
  return {
    type,
    delay,
    max: optionalDuration(backoff['max'], 'backoff'),
    jitter: optionalNumber(backoff['jitter'], 'backoff', 0, 1),
  };
}
