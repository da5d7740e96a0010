import { REGIONS } from '../orders/region.js';
import { chargeRetries, jobsOf, type Outcome, refused, shipped, soldCents } from './outcome.js';
import { seconds } from './picture.js';
import type { Line, Style } from './text.js';

const LABEL_WIDTH = 18;

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

/** What has happened, for people. Nothing here is wider than 40 columns. */
export function summary(outcome: Outcome): Line[] {
  const retries = outcome.orders.map(chargeRetries).filter((count) => count > 0);
  const declined = retries.reduce((sum, count) => sum + count, 0);
  return [
    fact('Orders shipped', `${shipped(outcome).length} of ${outcome.orders.length}`, 'green'),
    fact('Cards retried', `${retries.length} (declined ${declined} times)`, 'yellow'),
    fact('Refused for good', `${refused(outcome).length} (stolen cards)`, 'red'),
    fact('Sales report', euros.format((outcome.reports[0]?.result?.totalCents ?? 0) / 100)),
    fact('Shipped orders', euros.format(soldCents(outcome, REGIONS) / 100)),
    fact('Jobs successful', String(jobsOf(outcome, 'successful'))),
    fact('Jobs failed', String(jobsOf(outcome, 'failed'))),
    fact('Jobs cancelled', String(jobsOf(outcome, 'cancelled'))),
    fact('Time', seconds(outcome.elapsedMs)),
  ];
}

/** The last lines: whether all is as it must be. */
export function conclusion(problems: readonly string[]): Line[] {
  return problems.length === 0
    ? [[{ text: 'All is as it must be.', style: 'green' }]]
    : [
        [{ text: 'Not as it must be:', style: 'red' }],
        ...problems.map((problem) => [{ text: `- ${problem}` }]),
      ];
}

function fact(label: string, value: string, style?: Style): Line {
  return [
    { text: label.padEnd(LABEL_WIDTH), style: 'dim' },
    { text: value, style },
  ];
}
