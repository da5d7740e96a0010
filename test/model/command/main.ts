import { parseArgs } from 'node:util';
import { firstCatch, type Range } from './search.js';
import { PARTS, switchNamed, WHOLE, type Switch } from './rules.js';
import { writePage, type Row } from './page.js';

const USAGE = `npm run model -- [--seeds 200] [--seed 1] [--without rule-07 | rule-07.2] [--table [--parts]]

Plays random storms against the delivery rules. --without switches a rule off: then a violation is what
is looked for. --table does so for every rule, with --parts for every part as well, and writes docs/model.md.`;

/** The exit code: 0 where it ended as it should. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      without: { type: 'string' },
      table: { type: 'boolean', default: false },
      parts: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const range = { first: Number(values.seed), count: Number(values.seeds) };
  if (values.help || !Number.isInteger(range.first) || !(range.count > 0)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  if (values.table) return table(values.parts ? [...WHOLE, ...PARTS] : WHOLE, range);
  const off = values.without === undefined ? undefined : switchNamed(values.without);
  const caught = await firstCatch(off?.mutations ?? [], range);
  if (caught)
    console.log(
      `seed ${caught.seed}: ${caught.violation}\nagain: npm run model -- --seed ${caught.seed} --seeds 1${off ? ` --without ${off.name}` : ''}`,
    );
  else console.log(`no violation in ${range.count} seeds from ${range.first}`);
  return (caught === undefined) === (off === undefined) ? 0 : 1;
}

async function table(switches: readonly Switch[], range: Range): Promise<number> {
  const rows: Row[] = [];
  for (const off of switches) {
    const caught = await firstCatch(off.mutations, range);
    rows.push({ off, caught });
    console.log(`${off.name}\t${caught?.seed ?? '-'}\t${off.does}\t${caught?.violation ?? ''}`);
  }
  await writePage(rows, range);
  return rows.every(
    ({ off, caught }: { off: Switch; caught: unknown }) => caught ?? PARTS.includes(off),
  )
    ? 0
    : 1;
}
