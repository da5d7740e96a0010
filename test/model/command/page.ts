import { readFile, writeFile } from 'node:fs/promises';
import type { Catch, Range } from './search.js';
import type { Switch } from './rules.js';

export interface Row {
  readonly off: Switch;
  readonly caught: Catch | undefined;
}

const PAGE = new URL('../../../docs/model.md', import.meta.url);
const [BEGIN, END] = ['<!-- table: npm run model -- --table -->', '<!-- end of table -->'];

const cell = (text: string): string => text.replaceAll('|', '/').replaceAll('<', '&lt;');

function line({ off, caught }: Row): string {
  const seed = caught === undefined ? '—' : String(caught.seed);
  const violation =
    caught === undefined ? 'not seen by the model; its own tests see it' : caught.violation;
  return `| \`${off.name}\` | ${cell(off.does)} | ${seed} | ${cell(violation)} |`;
}

/** Puts the table into docs/model.md, in the place of the one before. */
export async function writePage(rows: readonly Row[], { first, count }: Range): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  const sorted = rows.toSorted((a, b) => a.off.name.localeCompare(b.off.name));
  const table = [
    `Seeds ${first} to ${first + count - 1}.`,
    '',
    '<!-- prettier-ignore -->',
    '| switched off | the engine then | first seed | what the model sees |',
    '| --- | --- | --- | --- |',
    ...sorted.map(line),
  ].join('\n');
  await writeFile(PAGE, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
}
