import { type Colour, harmless, painted, type Terminal } from './terminal.js';

/** A column of a table: what it shows of a row. */
export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly colour?: ((row: Row) => Colour | undefined) | undefined;
  /** Numbers stand on the right. */
  readonly right?: boolean | undefined;
  /** The first to be cut where the terminal is narrow. */
  readonly cut?: boolean | undefined;
}

const GAP = '  ';
const SHORTEST_CUT = 8;

/** As lines: a head, and a row each, cut to the width of the terminal. */
export function tableLines<Row>(
  terminal: Terminal,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string[] {
  const cells = rows.map((row) => columns.map(({ text }) => harmless(text(row))));
  const wanted = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const widths = fitted(wanted, columns, terminal.width);
  const line = (texts: readonly string[], colourOf: (index: number) => Colour | undefined) =>
    texts
      .map((text, index) => {
        const cell = padded(text, widths[index] ?? 0, columns[index]?.right === true);
        return painted(terminal, colourOf(index), cell);
      })
      .join(GAP)
      .trimEnd();
  return [
    line(
      columns.map(({ title }) => title),
      () => 'dim',
    ),
    ...rows.map((row, at) => line(cells[at] ?? [], (index) => columns[index]?.colour?.(row))),
  ];
}

function fitted(
  wanted: readonly number[],
  columns: readonly Column<never>[],
  width: number | undefined,
): number[] {
  const widths = [...wanted];
  if (width === undefined) return widths;
  let over = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length) - width;
  for (const [index, { cut }] of columns.entries()) {
    if (!cut || over <= 0) continue;
    const now = widths[index] ?? 0;
    const narrower = Math.min(now, Math.max(SHORTEST_CUT, now - over));
    widths[index] = narrower;
    over -= now - narrower;
  }
  return widths;
}

function padded(text: string, width: number, right: boolean): string {
  const cut = text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
  return right ? cut.padStart(width) : cut.padEnd(width);
}

/** `name  value`, a line each; what has no value is left out. */
export function fieldLines(
  terminal: Terminal,
  fields: readonly (readonly [string, string | undefined])[],
): string[] {
  const given = fields.filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(0, ...given.map(([name]) => name.length));
  return given.map(
    ([name, value = '']) =>
      `${painted(terminal, 'dim', name.padEnd(width))}${GAP}${harmless(value)}`,
  );
}
