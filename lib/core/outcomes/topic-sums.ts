import type { FinalStatus } from '../job-status.js';
import type { NoticePost } from '../ports/results.js';
import { isFields } from '../validation/shape.js';
import { topicEnd, topicOf, ttlOf, type Scale } from './scale.js';

/** How many jobs ended how. */
export type Sums = Readonly<Record<FinalStatus, number>>;

export const NO_SUMS: Sums = { successful: 0, failed: 0, cancelled: 0 };

export interface StepSums extends Sums {
  readonly queue: string;
  readonly step: number;
}

export function added(one: Sums, other: Sums): Sums {
  return {
    successful: one.successful + other.successful,
    failed: one.failed + other.failed,
    cancelled: one.cancelled + other.cancelled,
  };
}

/** What one process knows of one topic. */
export class TopicSums {
  readonly #sums = new Map<string, StepSums>();
  /** Something is not stored yet. */
  isNews = false;
  readonly #notice: Omit<NoticePost, 'body'>;
  readonly #endsAt: number;

  /** `name`: among the notices of the topic. One that comes back after it was dropped has another. */
  constructor(scale: Scale, step: number, name: string) {
    this.#notice = { topic: topicOf(scale, step), name, ttlMs: ttlOf(scale) };
    this.#endsAt = topicEnd(scale, step);
  }

  /** There is nothing more to say of it, or nobody left whom it would interest. */
  isOver(now: number): boolean {
    return this.#endsAt + (this.isNews ? this.#notice.ttlMs : 0) <= now;
  }

  add(queue: string, step: number, sums: Sums): void {
    const key = `${step} ${queue}`;
    this.#sums.set(key, { ...added(this.#sums.get(key) ?? NO_SUMS, sums), queue, step });
    this.isNews = true;
  }

  post(): NoticePost {
    const body = new TextEncoder().encode(JSON.stringify([...this.#sums.values()]));
    return { ...this.#notice, body };
  }
}

/** The body of a notice; nothing of what cannot be read, which a newer release may have written. */
export function decodeSums(body: Uint8Array): readonly StepSums[] {
  try {
    const sums: unknown = JSON.parse(new TextDecoder().decode(body));
    return Array.isArray(sums) ? sums.filter(isStepSums) : [];
  } catch {
    return [];
  }
}

function isStepSums(value: unknown): value is StepSums {
  return (
    isFields(value) &&
    typeof value['queue'] === 'string' &&
    ['step', 'successful', 'failed', 'cancelled'].every((name) => Number.isFinite(value[name]))
  );
}
