import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyPackage, type PackageCopy } from '../support/package/package-copy.js';
import { runProgram } from '../support/package/run-program.js';
import { findProgram } from '../support/servers/find-program.js';
import { NATS, REDIS } from '../support/servers/programs.js';

const BUILD_MS = 60_000;
/** Dozens of processes, one after the other, on a machine that has other tests to run. */
const RUN_MS = 300_000;

let copy: PackageCopy;

beforeAll(async () => {
  copy = await copyPackage('lib', 'bench');
}, BUILD_MS);

afterAll(() => copy.remove());

const bench = async (...args: string[]) =>
  runProgram([join(copy.folder, 'dist', 'bench', 'main.js'), ...args], {
    cwd: copy.folder,
    env: {
      [REDIS.variable]: await findProgram(REDIS),
      [NATS.variable]: await findProgram(NATS),
    },
    timeoutMs: RUN_MS,
  });

describe('npm run bench', () => {
  it(
    'measures every case of memory and prints its tables',
    async () => {
      const { exitCode, stdout, stderr } = await bench('memory', '--quick');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/^.+, \d+ cores, \d+ GB\nNode \d+/);
      expect(stdout).toContain(`nestjs-tasqueue 0.`);
      for (const contender of ['Tasqueue', 'Tasqueue, readAhead: 0', 'p-queue', 'fastq'])
        for (const concurrency of [1, 10, 100])
          // Once waiting, once end to end.
          expect(stdout.match(row(String(concurrency), contender))).toHaveLength(2);
      for (const way of ['one awaited after the other', '100 in flight', '1,000 a call'])
        expect(stdout.match(row(way))).toHaveLength(1);
      for (const depth of ['0', '100,000', '1,000,000'])
        expect(stdout.match(row(depth))).toHaveLength(1);
      expect(stdout).not.toContain('NaN');
    },
    RUN_MS,
  );

  it(
    'measures every case on Redis, beside its peers, and prints its tables',
    async () => {
      const { exitCode, stdout, stderr } = await bench('redis', '--quick');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/bullmq \d+\.\d+\.\d+, bee-queue \d+\.\d+\.\d+/);
      for (const contender of ['Tasqueue', 'bullmq', 'bee-queue']) {
        for (const way of ['one awaited after the other', '100 in flight', '1,000 a call'])
          expect(stdout.match(row(way, contender))).toHaveLength(1);
        for (const load of ['200/s, concurrency 10', '5,000/s, concurrency 50'])
          expect(stdout.match(row(load, contender))).toHaveLength(1);
      }
      for (const contender of ['Tasqueue', 'Tasqueue, readAhead: 0', 'bullmq', 'bee-queue'])
        for (const jobs of [
          'no-op, concurrency 1',
          'no-op, concurrency 10',
          'no-op, concurrency 100',
          'of 5 ms, concurrency 100',
          'no-op, 2 processes of 10',
          'no-op, 10, AOF always',
        ])
          expect(stdout.match(row(jobs, contender))).toHaveLength(1);
      for (const contender of ['Tasqueue', 'Tasqueue, readAhead: 0', 'bullmq'])
        for (const flow of ['groups of 10, and one', 'chains of 10'])
          for (const mode of ['waiting', 'end to end'])
            expect(stdout.match(row(`${flow}, ${mode}`, contender))).toHaveLength(1);
      // Bytes of Redis; and what it costs, in processor time and commands.
      for (const contender of ['Tasqueue', 'bullmq', 'bee-queue'])
        expect(stdout.match(row(contender))).toHaveLength(2);
      for (const depth of ['1,000', '1,000,000']) expect(stdout.match(row(depth))).toHaveLength(2);
      expect(stdout).not.toContain('NaN');
    },
    RUN_MS,
  );

  it(
    'measures every case on NATS, beside the bare client, and prints its tables',
    async () => {
      const { exitCode, stdout, stderr } = await bench('nats', '--quick');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/ nats \d+\.\d+\.\d+/);
      for (const contender of ['Tasqueue', 'bare client']) {
        for (const way of ['one awaited after the other', '100 in flight', '1,000 a call'])
          expect(stdout.match(row(way, contender))).toHaveLength(1);
        for (const concurrency of [1, 10, 100])
          for (const readAhead of ['', ', readAhead: 0'])
            expect(
              stdout.match(row(`concurrency ${concurrency}`, `${contender}${readAhead}`)),
            ).toHaveLength(1);
      }
      // Latency, and depth; the bare client pulls as much as there are slots where time matters.
      expect(stdout.match(row('Tasqueue'))).toHaveLength(2);
      for (const other of ['bare client, readAhead: 0', 'bare client', 'delayed jobs', 'first job'])
        expect(stdout.match(row(other))).toHaveLength(1);
      expect(stdout).not.toContain('NaN');
    },
    RUN_MS,
  );

  it(
    'measures what stands between a job and its method',
    async () => {
      const { exitCode, stdout, stderr } = await bench('handlers', '--quick');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      for (const way of ['a direct call', 'a plain method', 'with a schema', 'request-scoped'])
        expect(stdout.match(row(way))).toHaveLength(1);
      expect(stdout).not.toContain('NaN');
    },
    RUN_MS,
  );

  it('says how to get a Redis where there is none', async () => {
    const { exitCode, stderr } = await runProgram(
      [join(copy.folder, 'dist', 'bench', 'main.js'), 'redis/cost', '--quick'],
      { cwd: copy.folder, env: { [REDIS.variable]: '/nowhere/redis' }, timeoutMs: RUN_MS },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`redis-server does not start: install it`);
    expect(stderr).toContain(REDIS.variable);
  });

  it('says how to get a NATS server where there is none', async () => {
    const { exitCode, stderr } = await runProgram(
      [join(copy.folder, 'dist', 'bench', 'main.js'), 'nats/latency', '--quick'],
      { cwd: copy.folder, env: { [NATS.variable]: '/nowhere/nats' }, timeoutMs: RUN_MS },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`nats-server does not start: install 2.10 or later, or name its file`);
    expect(stderr).toContain(NATS.variable);
  });

  it('refuses a NATS server that is too old, and names it', async () => {
    const old = join(copy.folder, 'old-nats-server');
    await writeFile(old, '#!/bin/sh\necho nats-server: v2.9.10\n', { mode: 0o755 });
    const { exitCode, stderr } = await runProgram(
      [join(copy.folder, 'dist', 'bench', 'main.js'), 'nats/latency', '--quick'],
      { cwd: copy.folder, env: { [NATS.variable]: old }, timeoutMs: RUN_MS },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${old} is v2.9.10, and needed is 2.10 or later`);
  });

  it.each([
    [['disk'], `there is no section 'disk'; there is: memory, redis, nats, handlers`],
    [['memory/disk'], `there is no part 'disk' in section 'memory'; there is: throughput, `],
    [['--repeats', '0'], `--repeats has to be a whole number from 1 up, not '0'`],
    [['--slow'], `Unknown option '--slow'`],
  ])('refuses %j and says what there is', async (args, problem) => {
    const { exitCode, stdout, stderr } = await bench(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(problem);
    expect(stderr).toContain('npm run bench -- [section[/part]...] [options]');
  });
});

/** A line of a table: these cells, and numbers. */
function row(...cells: string[]): RegExp {
  return new RegExp(`^${cells.join(' +')}( +[\\d.,]+)+$`, 'gm');
}
