import type { QueueCounts } from './shop-client.js';
import { endedOrders, type Snapshot } from './snapshot.js';
import type { Cell, Line, Style } from './text.js';

const NAME_WIDTH = 12;
const TALLY_WIDTH = 8;
const WIDEST_BAR = 60;
/** From this width on, the table has air between its columns. */
const WIDE_COLUMNS = 60;
const WIDE_CELL = 8;

interface Column {
  readonly title: string;
  readonly count: (queue: QueueCounts) => number;
  readonly style: Style;
}

const COLUMNS: readonly Column[] = [
  { title: 'wait', count: ({ queued }) => queued, style: 'dim' },
  { title: 'run', count: ({ processing }) => processing, style: 'cyan' },
  { title: 'retry', count: ({ retrying }) => retrying, style: 'yellow' },
  { title: 'done', count: ({ successful }) => successful, style: 'green' },
  { title: 'fail', count: ({ failed }) => failed, style: 'red' },
];

/** The shop at one glance, for a terminal of so many columns. */
export function picture(snapshot: Snapshot, columns: number): Line[] {
  const { orders, parts, queues, elapsedMs } = snapshot;
  const { shipped, refused } = orders;
  const ended = endedOrders(snapshot);
  const shares = [
    { count: shipped, style: 'green' as const },
    { count: ended - shipped, style: 'red' as const },
  ];
  return [
    bar({ name: 'orders', shares, all: snapshot.expected, columns }),
    bar({
      name: 'reports',
      shares: [{ count: parts.ended, style: 'cyan' }],
      all: parts.all,
      columns,
    }),
    [],
    row('queue', ({ title }) => ({ text: title, style: 'dim' }), columns),
    ...queues.map((queue) => row(queue.queue, (column) => cellOf(column, queue), columns)),
    [],
    [{ text: `${shipped} shipped, ${refused} refused, ${seconds(elapsedMs)}` }],
  ];
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

interface Bar {
  readonly name: string;
  readonly shares: readonly { readonly count: number; readonly style: Style }[];
  readonly all: number;
  readonly columns: number;
}

function bar({ name, shares, all, columns }: Bar): Line {
  const width = Math.max(0, Math.min(WIDEST_BAR, columns - NAME_WIDTH - TALLY_WIDTH));
  const done = shares.reduce((sum, { count }) => sum + count, 0);
  const cells: Cell[] = shares.map(({ count, style }) => ({
    text: '█'.repeat(all === 0 ? 0 : Math.floor((count / all) * width)),
    style,
  }));
  const filled = cells.reduce((sum, { text }) => sum + text.length, 0);
  // Rounding down must not leave a gap at the end.
  const rest = done === all && all > 0 ? '█' : '░';
  return [
    { text: name.padEnd(NAME_WIDTH) },
    ...cells,
    { text: rest.repeat(width - filled), style: rest === '█' ? shares[0]?.style : 'dim' },
    { text: (all === 0 ? '' : `${done}/${all}`).padStart(TALLY_WIDTH) },
  ];
}

function cellOf({ count, style }: Column, queue: QueueCounts): Cell {
  const number = count(queue);
  return { text: String(number), style: number === 0 ? 'dim' : style };
}

function row(name: string, cell: (column: Column) => Cell, columns: number): Line {
  return [
    { text: name.padEnd(NAME_WIDTH) },
    ...COLUMNS.map((column) => {
      const width = columns < WIDE_COLUMNS ? column.title.length + 1 : WIDE_CELL;
      const { text, style } = cell(column);
      return { text: text.padStart(width), style };
    }),
  ];
}
