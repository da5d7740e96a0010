import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type uPlot from 'uplot';
import type { Outcomes } from '#contract';
import { absolute } from '../../format/times.js';
import { count } from '../../format/numbers.js';
import { chartColours } from './chart-colours.js';
import { makePlot, plotData } from './outcomes-plot.js';
import 'uplot/dist/uPlot.min.css';

interface OutcomesChartProps {
  readonly outcomes: readonly Outcomes[];
  readonly stepMs: number;
}

/** Bars over time; what one of them says is told when the pointer is over it. */
// oxlint-disable-next-line import/no-default-export -- `lazy` takes a default export
export default function OutcomesChart({ outcomes, stepMs }: OutcomesChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Outcomes>();
  usePlot(place, outcomes);
  return (
    <>
      <div
        ref={place}
        className="chart"
        onPointerMove={({ nativeEvent, currentTarget }) => {
          setPointed(outcomeAt(currentTarget, nativeEvent.clientX, outcomes));
        }}
        onPointerLeave={() => setPointed(undefined)}
      />
      <p className="chart-note num" aria-hidden="true">
        {pointed ? describe(pointed, stepMs) : ' '}
      </p>
    </>
  );
}

/** Drawn anew when its width or the colours change; new numbers only move the bars. */
function usePlot(place: RefObject<HTMLDivElement | null>, outcomes: readonly Outcomes[]) {
  const plot = useRef<uPlot>(undefined);
  const drawIn = useEffectEvent((element: HTMLElement) => {
    plot.current?.destroy();
    plot.current = makePlot(element, outcomes, chartColours(element));
  });

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const draw = () => drawIn(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    dark.addEventListener('change', draw);
    addEventListener('themechange', draw);
    return () => {
      resized.disconnect();
      dark.removeEventListener('change', draw);
      removeEventListener('themechange', draw);
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [place]);

  useEffect(() => {
    plot.current?.setData(plotData(outcomes));
  }, [outcomes]);
}

function outcomeAt(element: HTMLElement, x: number, outcomes: readonly Outcomes[]) {
  const over = element.querySelector('.u-over')?.getBoundingClientRect();
  if (!over || over.width === 0) return undefined;
  const part = (x - over.left) / over.width;
  // The time axis ends where the last step begins.
  return outcomes[Math.floor(part * (outcomes.length - 1) + 0.001)];
}

function describe({ from, successful, failed, cancelled }: Outcomes, stepMs: number): string {
  const seconds = Math.round(stepMs / 1_000);
  const step = seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${step} from ${absolute(Date.parse(from))}: ${count(successful)} successful, ${count(failed)} failed, ${count(cancelled)} cancelled`;
}
