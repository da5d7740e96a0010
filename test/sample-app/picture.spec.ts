import { describe, expect, it } from 'vitest';
import { picture } from '../../sample-app/demo/picture.js';
import { type Line, plain, toText } from '../../sample-app/demo/text.js';
import { snapshot } from './snapshots.js';

const text = (line: Line): string => toText(line, Infinity, plain);
const drawn = (columns: number, some = {}) => picture(snapshot(some), columns).map(text);

describe('the picture', () => {
  it('shows orders, reports and every queue', () => {
    expect(drawn(80)).toEqual([
      `orders      ${'█'.repeat(33)}${'░'.repeat(27)}   22/40`,
      `reports     ${'█'.repeat(30)}${'░'.repeat(30)}     3/6`,
      '',
      'queue           wait     run   retry    done    fail',
      'payments           3       4       2     120       2',
      'maintenance        0       0       0       0       0',
      '',
      '20 shipped, 2 refused, 1.2 s',
    ]);
  });

  it('keeps its columns apart where there is little room', () => {
    expect(drawn(40).slice(3, 5)).toEqual([
      'queue        wait run retry done fail',
      'payments        3   4     2  120    2',
    ]);
  });

  it.each([40, 60, 80, 200])('has no line wider than a terminal of %i columns', (columns) => {
    for (const line of drawn(columns)) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('fills the bar to its end when all orders have ended', () => {
    const orders = { open: 0, shipped: 37, refused: 3, cancelled: 0 };
    expect(drawn(80, { orders })[0]).toBe(`orders      ${'█'.repeat(60)}   40/40`);
  });

  it('leaves the bar empty while no report has begun', () => {
    expect(drawn(80, { parts: { all: 0, ended: 0 } })[1]?.trimEnd()).toBe(
      `reports     ${'░'.repeat(60)}`,
    );
  });
});

describe('a line', () => {
  it('is cut at the width of the terminal, and coloured piece by piece', () => {
    const line: Line = [
      { text: 'abc', style: 'red' },
      { text: 'def', style: 'green' },
      { text: 'g' },
    ];
    expect(toText(line, 4, (style, piece) => `<${style} ${piece}>`)).toBe('<red abc><green d>');
  });
});
