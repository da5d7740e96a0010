import type { Figures } from './figures.js';

/** All that was measured of one figure. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The figures of all repeats, by measurement. */
export class Findings {
  readonly #byMeasurement = new Map<string, Figures[]>();

  add(measurement: string, figures: Figures): void {
    const all = this.#byMeasurement.get(measurement) ?? [];
    this.#byMeasurement.set(measurement, [...all, figures]);
  }

  of(measurement: string, figure: string): Spread {
    const all = this.#byMeasurement.get(measurement) ?? [];
    const values = all.flatMap(({ [figure]: value }) => (value === undefined ? [] : [value]));
    if (values.length === 0) throw new Error(`'${measurement}' gave no '${figure}'`);
    return spreadOf(values);
  }
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  };
}
