import type { Notice } from './ports/broker.js';
import { isFields } from './validation/shape.js';

/** Tells every worker process how many handlers of a queue it is to run at once. Best effort. */
export interface ConcurrencyChange {
  readonly queue: string;
  readonly concurrency: number;
}

const TOPIC = 'concurrency';

export function concurrencyNotice({ queue, concurrency }: ConcurrencyChange): Notice {
  return { topic: TOPIC, body: JSON.stringify({ queue, concurrency }) };
}

/** Undefined for what is not ours to understand: another release may say more. */
export function readConcurrencyNotice({ topic, body }: Notice): ConcurrencyChange | undefined {
  if (topic !== TOPIC) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    if (!isFields(value)) return undefined;
    const { queue, concurrency } = value;
    return typeof queue === 'string' && typeof concurrency === 'number'
      ? { queue, concurrency }
      : undefined;
  } catch {
    return undefined;
  }
}
