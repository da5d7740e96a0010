import { picture } from './picture.js';
import type { Output, Screen } from './screen.js';
import type { Snapshot } from './snapshot.js';
import { type Paint, toText } from './text.js';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const CLEAR_LINE = '\u001B[2K';
const CLEAR_BELOW = '\u001B[J';
const up = (rows: number) => (rows === 0 ? '\r' : `\r\u001B[${rows}A`);

/** One picture, redrawn in place, whatever width the terminal has at the moment. */
export class LiveScreen implements Screen {
  /** Widths of the lines that stand on the terminal. */
  #drawn: readonly number[] = [];

  constructor(
    private readonly output: Output,
    private readonly paint: Paint,
  ) {}

  show(snapshot: Snapshot): void {
    const { columns = DEFAULT_COLUMNS, rows = DEFAULT_ROWS } = this.output;
    // One row is for the cursor; a picture that scrolls could not be drawn over.
    const lines = picture(snapshot, columns).slice(0, rows - 1);
    const texts = lines.map((line) => toText(line, columns, this.paint));
    const frame = texts.map((text) => `${CLEAR_LINE}${text}\n`).join('');
    this.output.write(`${HIDE_CURSOR}${up(this.#drawnRows(columns))}${frame}${CLEAR_BELOW}`);
    this.#drawn = lines.map((line) =>
      Math.min(
        columns,
        line.reduce((sum, { text }) => sum + text.length, 0),
      ),
    );
  }

  close(): void {
    this.output.write(SHOW_CURSOR);
  }

  /** A terminal that was made narrower has wrapped the longer lines. */
  #drawnRows(columns: number): number {
    return this.#drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
  }
}
