/** One thing that was measured, over time. */
export interface Series {
  readonly name: string;
  readonly unit: 'MB' | '';
  readonly points: readonly Point[];
  readonly allowed: Allowance;
}

export interface Point {
  /** Since the start. */
  readonly minute: number;
  readonly value: number;
}

/** How much it may grow over the second half: a share of its mean there, or so much, whichever is more. */
export interface Allowance {
  readonly share: number;
  readonly least: number;
}

export interface Verdict {
  readonly name: string;
  readonly unit: Series['unit'];
  /** In the second half. */
  readonly mean: number;
  /** By the line that fits the second half best: from its first sample to its last. */
  readonly growth: number;
  readonly bound: number;
  readonly flat: boolean;
}

/** Flat is what does not grow by more than it is allowed to while everything else goes on as it did. */
export function judge({ name, unit, points, allowed }: Series): Verdict {
  const half = points.slice(Math.floor(points.length / 2));
  const mean = meanOf(half.map(({ value }) => value));
  const growth = slopeOf(half) * ((half.at(-1)?.minute ?? 0) - (half[0]?.minute ?? 0));
  const bound = Math.max(allowed.share * mean, allowed.least);
  return { name, unit, mean, growth, bound, flat: growth <= bound };
}

/** Per minute, by least squares. */
function slopeOf(points: readonly Point[]): number {
  const middle = meanOf(points.map(({ minute }) => minute));
  const level = meanOf(points.map(({ value }) => value));
  const spread = points.reduce((sum, { minute }) => sum + (minute - middle) ** 2, 0);
  const lean = points.reduce(
    (sum, { minute, value }) => sum + (minute - middle) * (value - level),
    0,
  );
  return spread === 0 ? 0 : lean / spread;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
