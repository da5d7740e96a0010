import { usage } from './failure.js';

const HEADER = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/;

/** Reads `name: value` lines. Their values are secrets: no message repeats them. */
export function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const [, name, value] = HEADER.exec(line) ?? [];
        if (name === undefined || value === undefined)
          throw usage("a header is written as 'name: value', such as 'authorization: Bearer …'");
        return [name.toLowerCase(), value];
      }),
  );
}
