/** How finely outcomes are told for a span of time that ends now. */
export interface Scale {
  readonly name: string;
  readonly stepMs: number;
  /** In the span. */
  readonly steps: number;
  /** In one topic: few enough that its sums are a small message. */
  readonly stepsPerTopic: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

export const SCALES: Readonly<Record<'5m' | '1h' | '24h', Scale>> = {
  '5m': { name: '10s', stepMs: 10 * SECOND_MS, steps: 30, stepsPerTopic: 30 },
  '1h': { name: 'minute', stepMs: MINUTE_MS, steps: 60, stepsPerTopic: 15 },
  '24h': { name: 'half-hour', stepMs: 30 * MINUTE_MS, steps: 48, stepsPerTopic: 12 },
};

/** The step of an instant, counted from the epoch on. */
export function stepAt({ stepMs }: Scale, at: number): number {
  return Math.floor(at / stepMs);
}

export function topicOf({ name, stepsPerTopic }: Scale, step: number): string {
  return `outcomes:${name}:${Math.floor(step / stepsPerTopic)}`;
}

/** When the last step of its topic is over, epoch ms. */
export function topicEnd({ stepMs, stepsPerTopic }: Scale, step: number): number {
  return (Math.floor(step / stepsPerTopic) + 1) * stepsPerTopic * stepMs;
}

/** For how long a topic is of use after its last write. */
export function ttlOf({ stepMs, steps }: Scale): number {
  return (steps + 1) * stepMs;
}
