import type { JobTemplate } from '../message/job-terms.js';
import type { Message } from '../ports/message.js';
import { traced, type Sending, type TracingSlot } from '../tracing.js';
import { jobMessage, type Birth } from './job-messages.js';

export interface SlotRun {
  readonly scheduleId: string;
  readonly template: JobTemplate;
  readonly birth: Omit<Birth, 'terms'>;
  /** Nobody asks for it: its slot has come. */
  readonly detached: boolean;
}

/**
 * Sends a run of a schedule. Traced, it gets a context of its own, which knows that of the schedule:
 * else all runs, for years, would be one trace.
 */
export async function sendSlotRun<Answer>(
  { current }: TracingSlot,
  { scheduleId, template, birth, detached }: SlotRun,
  send: (message: Message) => Promise<Answer>,
): Promise<Answer> {
  const terms = { scheduleId };
  if (current === undefined) return send(jobMessage(template, { ...birth, terms }));
  const { queue, task } = template;
  const cause = template.terms.headers;
  const sending: Sending = { kind: 'run', queue, task, jobs: 1, cause, detached };
  return traced(
    current.send(sending),
    (headers) =>
      send(
        jobMessage(template, { ...birth, terms: { ...terms, headers: { ...cause, ...headers } } }),
      ),
    () => birth.id,
  );
}
