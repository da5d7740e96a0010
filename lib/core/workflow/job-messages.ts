import { encodeJobBody } from '../message/job-body.js';
import type { JobTemplate, JobTerms } from '../message/job-terms.js';
import type { Message } from '../ports/broker.js';

export interface Birth {
  readonly id: string;
  /** Default: the template's, or 1. */
  readonly generation?: number | undefined;
  readonly fresh?: boolean | undefined;
  /** Epoch ms. */
  readonly enqueuedAt: number;
  /** Where the job belongs and what came before it, beside the template's own terms. */
  readonly terms?: JobTerms | undefined;
}

/** A template, now that it is enqueued under an id. */
export function jobMessage(template: JobTemplate, birth: Birth): Message {
  const { delayMs } = template;
  const generation = birth.generation ?? template.generation ?? 1;
  return {
    id: birth.id,
    generation,
    kind: 'job',
    queue: template.queue,
    priority: template.terms.priority ?? 0,
    dueAt: delayMs === undefined ? template.terms.eta : undefined,
    delayMs,
    fresh: birth.fresh ?? false,
    body: encodeJobBody({
      task: template.task,
      payload: template.payload,
      enqueuedAt: birth.enqueuedAt,
      terms: termsOf(template, birth, generation),
    }),
  };
}

function termsOf({ terms, delayMs }: JobTemplate, birth: Birth, generation: number): JobTerms {
  if (birth.terms === undefined && delayMs === undefined && generation === 1) return terms;
  return {
    ...terms,
    ...birth.terms,
    ...(delayMs !== undefined && { eta: birth.enqueuedAt + delayMs }),
    ...(generation > 1 && { life: generation }),
  };
}
