import { encodeBytes } from '../encoded-value.js';
import { decodeJobBody, type JobBody } from './job-body.js';
import { NO_TERMS } from './job-terms.js';
import { decodeScheduleBody, type ScheduleBody } from './schedule-body.js';

/** What the lists show as the task of a message that cannot be read. */
export const UNREADABLE_TASK = '(unreadable)';

/** What stands for a body that cannot be read: its raw bytes are the payload. `at`: epoch ms. */
export function unreadableBody(bytes: Uint8Array, at: number, planId?: string): JobBody {
  return {
    task: UNREADABLE_TASK,
    payload: encodeBytes(bytes),
    enqueuedAt: at,
    terms: planId === undefined ? NO_TERMS : { chainId: planId },
  };
}

/** The body, or what stands for it. Never throws. */
export function bodyOrRaw(bytes: Uint8Array, at: number): JobBody {
  try {
    return decodeJobBody(bytes);
  } catch {
    return unreadableBody(bytes, at);
  }
}

/** The same for a schedule; one that cannot be read has no cron expression. */
export function scheduleOrRaw(bytes: Uint8Array, at: number): ScheduleBody<Uint8Array> {
  try {
    return decodeScheduleBody(bytes);
  } catch {
    const { enqueuedAt, ...run } = unreadableBody(bytes, at);
    return { enqueuedAt, spec: { cron: '' }, paused: false, run: { ...run, queue: '' } };
  }
}
