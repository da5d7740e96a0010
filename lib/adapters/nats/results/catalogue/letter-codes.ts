import type { FinalStatus } from '../../../../core/job-status.js';
import { LETTERS } from '../messages/message-label.js';

const FINAL = new Map<number, FinalStatus>(
  (['successful', 'failed', 'cancelled'] as const).map((status) => [
    letterCode(LETTERS[status]),
    status,
  ]),
);

/** A letter as the number that stands for it in a row. */
export function letterCode(letter: string): number {
  return letter.codePointAt(0) ?? 0;
}

/** The outcome that a letter stands for; undefined for jobs without one, and for what is no job. */
export function finalStatusOf(letter: number): FinalStatus | undefined {
  return FINAL.get(letter);
}
