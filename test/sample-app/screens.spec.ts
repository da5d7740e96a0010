import { describe, expect, it } from 'vitest';
import { LineScreen } from '../../sample-app/demo/line-screen.js';
import { LiveScreen } from '../../sample-app/demo/live-screen.js';
import { choosePaint, openScreen } from '../../sample-app/demo/terminal.js';
import { plain } from '../../sample-app/demo/text.js';
import { snapshot } from './snapshots.js';

const ROWS_OF_PICTURE = 8;

class FakeOutput {
  isTTY = true;
  columns = 80;
  rows = 24;
  readonly written: string[] = [];

  write(text: string): void {
    this.written.push(text);
  }
}

describe('the live screen', () => {
  it('draws over the picture before', () => {
    const output = new FakeOutput();
    const screen = new LiveScreen(output, plain);
    screen.show(snapshot());
    screen.show(snapshot());
    expect(output.written[0]).not.toContain('A');
    expect(output.written[1]).toContain(`\u001B[${ROWS_OF_PICTURE}A`);
  });

  it('counts the rows that a narrower terminal has made of the picture before', () => {
    const output = new FakeOutput();
    const screen = new LiveScreen(output, plain);
    screen.show(snapshot());
    output.columns = 40;
    screen.show(snapshot());
    // Two bars and three rows of the table have become two rows each.
    expect(output.written[1]).toContain(`\u001B[${ROWS_OF_PICTURE + 5}A`);
  });

  it('never draws more rows than the terminal has', () => {
    const output = new FakeOutput();
    output.rows = 5;
    new LiveScreen(output, plain).show(snapshot());
    expect(output.written[0]?.split('\n')).toHaveLength(5);
  });

  it('gives the cursor back', () => {
    const output = new FakeOutput();
    const screen = new LiveScreen(output, plain);
    screen.show(snapshot());
    screen.close();
    expect(output.written.at(-1)).toBe('\u001B[?25h');
  });
});

describe('the line screen', () => {
  it('writes a line when something has changed, and not too often', () => {
    const output = new FakeOutput();
    const screen = new LineScreen(output);
    const changed = { orders: { open: 0, shipped: 38, refused: 2, cancelled: 0 } };
    screen.show(snapshot({ elapsedMs: 0 }));
    screen.show(snapshot({ elapsedMs: 900 }));
    screen.show(snapshot({ elapsedMs: 400, ...changed }));
    screen.show(snapshot({ elapsedMs: 1_000, ...changed }));
    expect(output.written).toEqual([
      ' 0.0 s  orders 22/40  shipped 20  refused 2  retrying 2  report parts 3/6\n',
      ' 1.0 s  orders 40/40  shipped 38  refused 2  retrying 2  report parts 3/6\n',
    ]);
  });
});

describe('the choice of a screen', () => {
  it('is live only where a picture can be redrawn', () => {
    const pipe = { isTTY: false, write: () => true };
    expect(openScreen(new FakeOutput(), {})).toBeInstanceOf(LiveScreen);
    expect(openScreen(new FakeOutput(), { TERM: 'dumb' })).toBeInstanceOf(LineScreen);
    expect(openScreen(pipe, {})).toBeInstanceOf(LineScreen);
  });

  it('has no colours where nobody wants them', () => {
    const red = (output: FakeOutput, env: Record<string, string>) =>
      choosePaint(output, env)('red', 'no');
    expect(choosePaint(new FakeOutput(), {})).not.toBe(plain);
    expect(red(new FakeOutput(), { NO_COLOR: '1' })).toBe('no');
    expect(red(Object.assign(new FakeOutput(), { isTTY: false }), {})).toBe('no');
  });
});
