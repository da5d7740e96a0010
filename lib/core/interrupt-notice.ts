import type { Notice } from './ports/broker.js';

/** Tells every process to interrupt a running job. Best effort: its record already says why. */
export interface Interruption {
  readonly id: string;
  readonly why: 'cancelled' | 'deleted';
}

const TOPIC = 'interrupt';

export function toNotice({ id, why }: Interruption): Notice {
  return { topic: TOPIC, body: JSON.stringify({ id, why }) };
}

/** Undefined for what is not ours to understand: another release may say more. */
export function fromNotice({ topic, body }: Notice): Interruption | undefined {
  if (topic !== TOPIC) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('id' in value) || !('why' in value))
      return undefined;
    const { id, why } = value;
    if (typeof id !== 'string' || (why !== 'cancelled' && why !== 'deleted')) return undefined;
    return { id, why };
  } catch {
    return undefined;
  }
}
