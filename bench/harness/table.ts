const GAP = '  ';

/** A table for a terminal: the first column to the left, the others, numbers, to the right. */
export function table(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(...lines.map((cells) => (cells[column] ?? '').length)),
  );
  const [first = '', ...rest] = lines.map((cells) => lineOf(cells, widths));
  return [title, '', first, '-'.repeat(first.length), ...rest].join('\n');
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return widths
    .map((width, column) => {
      const cell = cells[column] ?? '';
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join(GAP);
}

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function whole(value: number): string {
  return WHOLE.format(value);
}

export function decimal(value: number, digits: number): string {
  return value.toFixed(digits);
}
