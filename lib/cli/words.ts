import type { JobState } from '../dashboard/contract/index.js';
import type { Colour } from './terminal.js';

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
];

/** `3d`, `2h`, `45s`, `120ms`: the largest unit that it fills. */
export function span(ms: number): string {
  const unit = UNITS.find(([, size]) => ms >= size);
  return unit ? `${Math.floor(ms / unit[1])}${unit[0]}` : `${Math.round(ms)}ms`;
}

/** `3m ago`, `in 2h`. */
export function since(instant: string | undefined, now: number): string {
  if (instant === undefined) return '';
  const ms = now - Date.parse(instant);
  return ms >= 0 ? `${span(ms)} ago` : `in ${span(-ms)}`;
}

export function jobs(count: number): string {
  return count === 1 ? '1 job' : `${count} jobs`;
}

export function percent(share: number | undefined): string {
  return share === undefined ? '' : `${(share * 100).toFixed(1)}%`;
}

const COLOURS: Readonly<Record<JobState, Colour | undefined>> = {
  queued: undefined,
  scheduled: 'cyan',
  retrying: 'yellow',
  processing: 'cyan',
  successful: 'green',
  failed: 'red',
  cancelled: 'dim',
};

export function colourOf(state: JobState): Colour | undefined {
  return COLOURS[state];
}
