import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyPackage, type PackageCopy } from '../support/package/package-copy.js';
import { runProgram } from '../support/package/run-program.js';

const BUILD_MS = 60_000;
/** Some thirty processes, one after the other, on a machine that has other tests to run. */
const RUN_MS = 120_000;

let copy: PackageCopy;

beforeAll(async () => {
  copy = await copyPackage('lib', 'bench');
}, BUILD_MS);

afterAll(() => copy.remove());

const bench = (...args: string[]) =>
  runProgram([join(copy.folder, 'dist', 'bench', 'main.js'), ...args], {
    cwd: copy.folder,
    timeoutMs: RUN_MS,
  });

describe('npm run bench', () => {
  it(
    'measures every case and prints its tables',
    async () => {
      const { exitCode, stdout, stderr } = await bench('memory', '--quick');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/^.+, \d+ cores, \d+ GB\nNode \d+/);
      expect(stdout).toContain(`nestjs-tasqueue 0.`);
      for (const contender of ['Tasqueue', 'Tasqueue, readAhead: 0', 'p-queue', 'fastq'])
        for (const concurrency of [1, 10, 100])
          // Once waiting, once end to end.
          expect(stdout.match(row(String(concurrency), contender))).toHaveLength(2);
      for (const way of ['one awaited after the other', '100 in flight', 'enqueueMany of 1,000'])
        expect(stdout.match(row(way))).toHaveLength(1);
      for (const depth of ['0', '100,000', '1,000,000'])
        expect(stdout.match(row(depth))).toHaveLength(1);
      expect(stdout).not.toContain('NaN');
    },
    RUN_MS,
  );

  it.each([
    [['disk'], `there is no section 'disk'; there is: memory`],
    [['--repeats', '0'], `--repeats has to be a whole number from 1 up, not '0'`],
    [['--slow'], `Unknown option '--slow'`],
  ])('refuses %j and says what there is', async (args, problem) => {
    const { exitCode, stdout, stderr } = await bench(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(problem);
    expect(stderr).toContain('npm run bench -- [section...] [options]');
  });
});

/** A line of a table: these cells, and numbers. */
function row(...cells: string[]): RegExp {
  return new RegExp(`^${cells.join(' +')}( +[\\d.,]+)+$`, 'gm');
}
