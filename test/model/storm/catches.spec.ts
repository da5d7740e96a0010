import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../support/docs/page-check.js';
import { codeOf, tableBelow } from '../../support/docs/tables.js';
import { WHOLE } from '../command/rules.js';

const START = fileURLToPath(new URL('../command/start.js', import.meta.url));
/** Seeds that are played with every rule in force. */
const CLEAN_SEEDS = 15;

/** What `npm run model` says, and its exit code. */
function model(...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [START, ...args], (_, said) =>
      resolve({ code: child.exitCode ?? 1, said }),
    );
  });
}

describe.concurrent('the model of many workers', async () => {
  const rows = tableBelow(await readPage('docs/model.md'));
  const seeds = new Map(rows.map((row) => [codeOf(row['switched off']), row['first seed']]));

  /** Those whose search has come to an end: docs/model.md says of the others that it has not. */
  const CAUGHT = WHOLE.filter(({ name }) => Number(seeds.get(name)) <= 200);

  it('lists every rule', () => {
    expect([...seeds.keys()]).toEqual(expect.arrayContaining(WHOLE.map(({ name }) => name)));
  });

  it.each(CAUGHT)('catches $name when it is switched off', async ({ name }) => {
    const seed = seeds.get(name) ?? '';
    const { code, said } = await model('--seed', seed, '--seeds', '1', '--without', name);
    expect([code, said]).toEqual([0, expect.stringContaining(`seed ${seed}: `)]);
  });

  it('sees no promise broken while all of them are in force', async () => {
    const { code, said } = await model('--seed', '1', '--seeds', String(CLEAN_SEEDS));
    expect([code, said]).toEqual([0, expect.stringContaining('no violation')]);
  });
});
