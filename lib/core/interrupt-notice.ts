import type { Notice } from './ports/broker.js';

/** Tells every process to interrupt a running job. Best effort: its record already says why. */
export interface Interruption {
  readonly id: string;
  /** The one it means, and those before it: a retry that has begun when the word arrives is not meant. */
  readonly generation: number;
  readonly why: 'cancelled' | 'deleted';
}

const TOPIC = 'interrupt';

export function toNotice({ id, generation, why }: Interruption): Notice {
  return { topic: TOPIC, body: JSON.stringify({ id, generation, why }) };
}

/** Undefined for what is not ours to understand: another release may say more. */
export function fromNotice({ topic, body }: Notice): Interruption | undefined {
  if (topic !== TOPIC) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isInterruption(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isInterruption(value: unknown): value is Interruption {
  if (typeof value !== 'object' || value === null) return false;
  if (!('id' in value && 'generation' in value && 'why' in value)) return false;
  const { id, generation, why } = value;
  return (
    typeof id === 'string' &&
    typeof generation === 'number' &&
    (why === 'cancelled' || why === 'deleted')
  );
}
