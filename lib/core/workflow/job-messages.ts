import { encodeJobBody } from '../message/job-body.js';
import { NO_TERMS, type JobTemplate, type JobTerms } from '../message/job-terms.js';
import type { Message } from '../ports/broker.js';

export interface Birth {
  readonly id: string;
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
  const eta = delayMs === undefined ? template.terms.eta : birth.enqueuedAt + delayMs;
  return {
    id: birth.id,
    generation: birth.generation ?? 1,
    kind: 'job',
    queue: template.queue,
    priority: template.terms.priority ?? 0,
    dueAt: delayMs === undefined ? eta : undefined,
    delayMs,
    fresh: birth.fresh ?? false,
    body: encodeJobBody({
      task: template.task,
      payload: template.payload,
      enqueuedAt: birth.enqueuedAt,
      terms: termsOf(template.terms, birth.terms, eta),
    }),
  };
}

function termsOf(own: JobTerms, place: JobTerms | undefined, eta: number | undefined): JobTerms {
  if (place === undefined && eta === own.eta) return own;
  const terms = { ...own, ...place, eta };
  return own === NO_TERMS && eta === undefined && place === undefined ? NO_TERMS : terms;
}
