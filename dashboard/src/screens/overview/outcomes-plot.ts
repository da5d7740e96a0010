import uPlot from 'uplot';
import type { Outcomes } from '#contract';
import type { ChartColours } from './chart-colours.js';

const HEIGHT_PX = 220;
const FONT = '12px Inter, system-ui, sans-serif';
/** Jobs come in whole numbers. */
const WHOLE_STEPS = [1, 2, 5]
  .flatMap((one) => [1, 10, 100, 1e3, 1e4, 1e5].map((by) => one * by))
  .sort((a, b) => a - b);
const LONG_SPAN_MS = 600_000;

const withSeconds = clockTime({ second: '2-digit' });
const toTheMinute = clockTime({});

const ORDER = ['cancelled', 'failed', 'successful'] as const;

/** Bars upon one another: each series holds what stands below it too, and the tallest is drawn first. */
export function plotData(outcomes: readonly Outcomes[]): uPlot.AlignedData {
  return [
    outcomes.map(({ from }) => Date.parse(from) / 1_000),
    outcomes.map(({ successful, failed, cancelled }) => successful + failed + cancelled),
    outcomes.map(({ failed, cancelled }) => failed + cancelled),
    outcomes.map(({ cancelled }) => cancelled),
  ];
}

export function makePlot(
  place: HTMLElement,
  outcomes: readonly Outcomes[],
  colours: ChartColours,
): uPlot {
  const bars = uPlot.paths.bars?.({ size: [0.72, 40], align: 1, radius: 0.15 });
  const series = ORDER.toReversed().map((name): uPlot.Series => ({
    fill: colours[name],
    width: 0,
    points: { show: false },
    ...(bars && { paths: bars }),
  }));
  const options: uPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    padding: [12, 8, 0, 0],
    scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
    axes: [
      { ...axis(colours, 30), values: (_, splits) => splits.map(timeOf(outcomes)) },
      { ...axis(colours, 52), incrs: WHOLE_STEPS },
    ],
    series: [{}, ...series],
  };
  return new uPlot(options, plotData(outcomes), place);
}

function clockTime(more: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...more });
}

/** Writes seconds of the epoch as a time of day, as exactly as the span asks for. */
function timeOf(outcomes: readonly Outcomes[]): (seconds: number) => string {
  const from = Date.parse(outcomes[0]?.from ?? '');
  const to = Date.parse(outcomes.at(-1)?.from ?? '');
  const format = to - from > LONG_SPAN_MS ? toTheMinute : withSeconds;
  return (seconds) => format.format(seconds * 1_000);
}

function axis({ text, grid }: ChartColours, size: number): uPlot.Axis {
  return {
    stroke: text,
    font: FONT,
    size,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
  };
}
