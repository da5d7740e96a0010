import { describe, expect, it } from 'vitest';
import { TRANSITIONS, type Transition } from '../../lib/core/lifecycle.js';
import { readPage } from '../support/docs/page-check.js';
import { codeOf, tableBelow } from '../support/docs/tables.js';

const transitions: readonly (readonly [string, Transition])[] = Object.entries(TRANSITIONS);

/** `from --> to: event` for each way that an event can go. */
const ways = transitions.flatMap(([event, { from, to }]) =>
  from.map((state) => `${state} --> ${to}: ${event}`),
);

/** The arrows of a state diagram; one may stand for several events. */
function arrowsOf(page: string): string[] {
  const diagram = /```mermaid\nstateDiagram-v2\n(?<lines>.*?)```/s.exec(page)?.groups?.['lines'];
  return [...(diagram ?? '').matchAll(/^ +(\S+) --> (\S+): (.+)$/gm)].flatMap(
    ([, from = '', to = '', events = '']) =>
      events.split(', ').map((event) => `${from} --> ${to}: ${event}`.replace('[*]', 'none')),
  );
}

const codesOf = (cell = ''): (string | undefined)[] => cell.split(', ').map(codeOf);

describe('docs/lifecycle.md', async () => {
  const page = await readPage('docs/lifecycle.md');

  it('tells of every event what it does and what it means, in the order of the code', () => {
    const rows = tableBelow(page).map((row) => ({
      event: codeOf(row['event']),
      from: codesOf(row['from']),
      to: codeOf(row['to']),
      meaning: row['what happens'],
    }));

    expect(rows).toEqual(
      transitions.map(([event, { from, to, meaning }]) => ({ event, from, to, meaning })),
    );
  });

  it('draws every way from one state to another, but those that end a job for good', () => {
    const drawn = ways.filter((way) => !way.includes('--> none'));

    expect(arrowsOf(page).sort()).toEqual(drawn.sort());
  });

  it('names below the diagram what it leaves out', () => {
    const undrawn = transitions.filter(([, { to }]) => to === 'none').map(([event]) => event);

    for (const event of undrawn) expect(page).toMatch(new RegExp(`Not drawn: .*\`${event}\``));
  });
});
