import type { Overview, Span, StoreHealth } from '../../dashboard/contract/index.js';
import type { Command } from '../command.js';
import { usage } from '../failure.js';
import { fieldLines, tableLines } from '../table.js';
import { harmless, painted, type Terminal } from '../terminal.js';
import { percent } from '../words.js';
import { queueColumns } from './queues.js';

const SPANS: readonly Span[] = ['5m', '1h', '24h'];

export const overviewCommand: Command = {
  name: 'overview',
  words: '',
  about: 'How everything stands: totals, rates, queues, stores, warnings.',
  takes: [0, 0],
  options: {
    span: { type: 'string', value: '<span>', about: `${SPANS.join(', ')}; default 1h` },
  },
  run: async ({ client, terminal, given, show }) => {
    const span = given.text('span');
    if (span !== undefined && !SPANS.some((one) => one === span))
      throw usage(`--span: expected one of ${SPANS.join(', ')}, got '${span}'`);
    const overview = await client.get<Overview>('overview', { span });
    show(overview, () => overviewLines(terminal, overview));
  },
};

function overviewLines(terminal: Terminal, overview: Overview): string[] {
  const { totals, throughputPerSecond, failureRate, workersAlive, stores, warnings } = overview;
  const fields = fieldLines(terminal, [
    ...Object.entries(totals).map(([state, count]) => [state, String(count)] as const),
    ['per second', throughputPerSecond.toFixed(2)],
    ['failure rate', percent(failureRate)],
    ['workers', String(workersAlive)],
    ...stores.map((store) => [store.store, storeText(store)] as const),
  ]);
  const told = warnings.map(({ message }) => painted(terminal, 'yellow', `! ${harmless(message)}`));
  const queues =
    overview.queues.length === 0 ? [] : tableLines(terminal, queueColumns, overview.queues);
  return [...told, ...fields, '', ...queues];
}

function storeText({ name, up, pingMs, error }: StoreHealth): string {
  return up ? `${name}, ${(pingMs ?? 0).toFixed(1)} ms` : `${name} is down: ${error ?? ''}`;
}
