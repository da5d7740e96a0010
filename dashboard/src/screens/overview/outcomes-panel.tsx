import { lazy, Suspense } from 'react';
import type { Outcomes, Overview, Span } from '#contract';
import { count, rate, share } from '../../format/numbers.js';

/** The chart library is as large as the rest of the page: it comes after it. */
const OutcomesChart = lazy(() => import('./outcomes-chart.js'));

const SPAN_WORDS: Readonly<Record<Span, string>> = {
  '5m': 'the last 5 minutes',
  '1h': 'the last hour',
  '24h': 'the last 24 hours',
};

interface OutcomesPanelProps {
  readonly overview: Overview;
  readonly span: Span;
}

const sum = (outcomes: readonly Outcomes[], of: (one: Outcomes) => number): number =>
  outcomes.reduce((total, one) => total + of(one), 0);

const sumsOf = (outcomes: readonly Outcomes[]) => [
  { name: 'Successful', value: sum(outcomes, (one) => one.successful), tint: 'successful' },
  { name: 'Failed', value: sum(outcomes, (one) => one.failed), tint: 'failed' },
  { name: 'Cancelled', value: sum(outcomes, (one) => one.cancelled), tint: 'cancelled' },
];

/** What ended, and how it ended. */
export function OutcomesPanel({ overview, span }: OutcomesPanelProps) {
  const { outcomes, stepMs, throughputPerSecond, failureRate } = overview;
  const figures = sumsOf(outcomes);
  const words = figures
    .map(({ name, value }) => `${count(value)} ${name.toLowerCase()}`)
    .join(', ');
  return (
    <section className="panel" aria-labelledby="outcomes-title">
      <header className="panel-head">
        <h2 id="outcomes-title">Ended in {SPAN_WORDS[span]}</h2>
        <dl className="figures">
          <Figure name="Throughput" value={`${rate(throughputPerSecond)} /s`} />
          <Figure
            name="Failure rate"
            value={failureRate === undefined ? '–' : share(failureRate)}
          />
          {figures.map(({ name, value, tint }) => (
            <Figure key={name} name={name} value={count(value)} tint={tint} />
          ))}
        </dl>
      </header>
      <div
        className="chart-place"
        role="img"
        aria-label={`Ended in ${SPAN_WORDS[span]}: ${words}.`}
      >
        {figures.every(({ value }) => value === 0) ? (
          <p className="chart-empty soft">Nothing has ended in {SPAN_WORDS[span]}.</p>
        ) : (
          <Suspense fallback={null}>
            <OutcomesChart outcomes={outcomes} stepMs={stepMs} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

function Figure({ name, value, tint }: { name: string; value: string; tint?: string }) {
  return (
    <div className={tint === undefined ? 'figure' : `figure figure-tinted tint-${tint}`}>
      <dt>{name}</dt>
      <dd className="num">{value}</dd>
    </div>
  );
}
