import uPlot from 'uplot';
import type { Outcomes } from '#contract';
import type { ChartColours } from './chart-colours.js';

const HEIGHT_PX = 220;
const FONT = '12px Inter, system-ui, sans-serif';
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
      axis(colours, 34),
      {
        ...axis(colours, 52),
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6],
      },
    ],
    series: [{}, ...series],
  };
  return new uPlot(options, plotData(outcomes), place);
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
