import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** A piece of a line. Its width is that of its text: one column per character. */
export interface Cell {
  readonly text: string;
  readonly style?: Style | undefined;
}

export type Line = readonly Cell[];

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

export const coloured: Paint = (style, text) => styleText(style, text);

/** One line without a line feed, cut at so many columns. */
export function toText(line: Line, columns: number, paint: Paint): string {
  let left = columns;
  return line
    .map(({ text, style }) => {
      const cut = text.slice(0, left);
      left -= cut.length;
      return style === undefined || cut === '' ? cut : paint(style, cut);
    })
    .join('');
}
