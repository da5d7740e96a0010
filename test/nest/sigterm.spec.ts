import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { copyPackage, type PackageCopy } from '../support/package/package-copy.js';
import { transpile } from '../support/package/transpile.js';
import { eventually } from './support/running-app.js';

const BUILD_MS = 60_000;
const RUN_MS = 30_000;

let copy: PackageCopy;
let program: string;

beforeAll(async () => {
  copy = await copyPackage('lib');
  program = join(copy.folder, 'shop.js');
  const source = await readFile(new URL('programs/shop.ts', import.meta.url), 'utf8');
  await writeFile(program, transpile(source));
}, BUILD_MS);

afterAll(() => copy.remove());

/** A process of its own, ended by SIGTERM while it runs a job. */
async function terminated(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      lines.push(...text.trim().split('\n'));
    });
  const ended = once(child, 'close');
  await eventually(() => expect(lines).toEqual(['running']));
  child.kill('SIGTERM');
  await ended;
  return { lines, signal: child.signalCode };
}

describe.each(['tasqueue first', 'tasqueue between', 'tasqueue last'])('%s', (imports) => {
  it.each(['http', 'worker'])(
    'SIGTERM lets the running job of the %s process end before the database closes',
    async (kind) => {
      await expect(terminated(imports, kind)).resolves.toEqual({
        lines: ['running', 'stored order 1', 'database closed'],
        signal: 'SIGTERM',
      });
    },
    RUN_MS,
  );
});
