import type { Random } from './random.js';
import type { Backoff, BackoffFunction } from './spec/task-policy.js';
import { show } from './validation/show.js';

type Growth = Exclude<Backoff, number>;

const HOUR_MS = 3_600_000;
export const DEFAULT_BACKOFF: Growth = Object.freeze({
  type: 'exponential',
  delay: 1_000,
  max: HOUR_MS,
  jitter: 0.2,
});
const DEFAULT_JITTER = { fixed: 0, exponential: 0.2 };
/** 2 to a higher power is Infinity, and Infinity times a delay of 0 is no number. */
const LARGEST_POWER = 1_023;

/** Chance, and where to tell of a backoff function that does not work. */
export interface RetryContext extends Pick<Random, 'fraction'> {
  readonly report?: ((problem: string, cause?: unknown) => void) | undefined;
}

/**
 * How long to wait before the next retry, ms; null: give up, as a backoff function may say. `retried` is
 * the number of retries used so far. Without a backoff, and where a function throws or gives nonsense
 * (which is reported): exponential from 1 s to 1 h.
 */
export function retryDelayMs(
  backoff: Backoff | BackoffFunction | undefined,
  retried: number,
  error: unknown,
  context: RetryContext,
): number | null {
  if (typeof backoff === 'function') {
    const asked = askedDelay(backoff, retried, error, context);
    return asked === undefined ? grownDelay(DEFAULT_BACKOFF, retried, context) : asked;
  }
  if (typeof backoff === 'number') return backoff;
  return grownDelay(backoff ?? DEFAULT_BACKOFF, retried, context);
}

/** Undefined when the function did not give an answer. */
function askedDelay(
  backoff: BackoffFunction,
  retried: number,
  error: unknown,
  { report }: RetryContext,
): number | null | undefined {
  let answer: unknown;
  try {
    answer = backoff(retried, error);
  } catch (thrown) {
    report?.('the backoff function threw, the default backoff was used', thrown);
    return undefined;
  }
  if (answer === null) return null;
  if (typeof answer === 'number' && Number.isFinite(answer) && answer >= 0) return answer;
  report?.(
    `the backoff function gave ${show(answer)}, not milliseconds (0 or more) or null: the default backoff was used`,
  );
  return undefined;
}

function grownDelay(backoff: Growth, retried: number, random: RetryContext): number {
  const { type, delay, max = Math.max(HOUR_MS, delay), jitter = DEFAULT_JITTER[type] } = backoff;
  const power = type === 'fixed' ? 0 : Math.min(retried, LARGEST_POWER);
  const grownMs = Math.min(max, delay * 2 ** power);
  // At the cap the spread is cut above, not piled up there.
  const lowestMs = grownMs * (1 - jitter);
  const highestMs = Math.min(max, grownMs * (1 + jitter));
  return Math.round(lowestMs + (highestMs - lowestMs) * random.fraction());
}
