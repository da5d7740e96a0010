/** A row of a Markdown table, by column. */
export type Row = Readonly<Record<string, string>>;

/** The table below a heading (or the first of the page), row by row. Throws when there is none. */
export function tableBelow(markdown: string, heading = ''): Row[] {
  const lines = markdown.slice(startOf(markdown, heading)).split('\n');
  const begin = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, index) => index > begin && !line.startsWith('|'));
  const [columns = [], , ...rows] = lines.slice(begin, end === -1 ? undefined : end).map(cellsOf);
  if (columns.length === 0) throw new Error(`there is no table below '${heading}'`);
  return rows.map((cells) =>
    Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
  );
}

/** What stands in backquotes, by itself. */
export function codeOf(cell: string | undefined): string | undefined {
  return /^`(?<code>[^`]*)`$/.exec(cell ?? '')?.groups?.['code'];
}

function startOf(markdown: string, heading: string): number {
  const start = markdown.indexOf(heading);
  if (start === -1) throw new Error(`there is no heading '${heading}'`);
  return start;
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
