import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { alone } from '../support/servers/debian/alone.js';
import { pick } from '../support/servers/debian/sources.js';
import { findProgram } from '../support/servers/find-program.js';
import type { Program } from '../support/servers/program.js';
import { isAtLeast } from '../support/servers/version.js';

/** A new object each: what was found is kept per program. */
const wanted = (): Program => ({
  name: 'some-server',
  variable: 'TASQUEUE_SOME_SERVER',
  package: 'some-package',
  oldest: '2.10',
});

/** A folder that is all of PATH, with a server of that version. */
async function pathWith(version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tasqueue-path-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'some-server');
  await writeFile(file, `#!/bin/sh\necho 'some-server: v${version}'\n`);
  await chmod(file, 0o755);
  vi.stubEnv('PATH', folder);
  vi.stubEnv('TASQUEUE_SERVERS_CACHE', join(folder, 'cache'));
  return file;
}

describe('a server that the tests need', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is taken from PATH', async () => {
    const file = await pathWith('2.10.0');
    expect(await findProgram(wanted())).toBe(file);
  });

  it('is the one that the variable names, if there is one', async () => {
    const file = await pathWith('2.11.3');
    vi.stubEnv('TASQUEUE_SOME_SERVER', file);
    vi.stubEnv('PATH', '');
    expect(await findProgram(wanted())).toBe(file);
  });

  it('is not one that is too old, whoever names it', async () => {
    vi.stubEnv('TASQUEUE_SOME_SERVER', await pathWith('2.9.10'));
    await expect(findProgram(wanted())).rejects.toThrow('is 2.9.10, needed is 2.10');
  });

  it('is named when it is missing, with the package and what to do', async () => {
    await pathWith('2.9.10');
    const missing = findProgram(wanted());
    await expect(missing).rejects.toThrow(/some-server 2\.10 or later: .* is 2\.9\.10/);
    await expect(missing).rejects.toThrow(/Debian: some-package.*TASQUEUE_SOME_SERVER/);
  });
});

it.each([
  ['2.10.27-1+b2', '2.10', true],
  ['2.9.10', '2.10', false],
  ['7.0.15', '6.2', true],
  ['6.2', '6.2', true],
  ['6.1.99', '6.2', false],
  ['10.0', '8.0', true],
])('%s is at least %s: %s', (version, oldest, enough) => {
  expect(isAtLeast(version, oldest)).toBe(enough);
});

describe("the sources of another suite, by the machine's own", () => {
  it('are read from what apt calls one-line style', () => {
    const text = '# a\ndeb http://other/repo x main\ndeb [arch=any] http://mirror/d old main c\n';
    expect(pick({ ending: '.list', text }, 'old', 'new')).toBe(
      'deb [arch=any] http://mirror/d new main c\n',
    );
  });

  it('are read from stanzas, with their keys', () => {
    const text =
      'Types: deb\nURIs: u\nSuites: x\n\nURIs: v\nSuites: old old-updates\nSigned-By: k\n';
    expect(pick({ ending: '.sources', text }, 'old', 'new')).toBe(
      'URIs: v\nSuites: new\nSigned-By: k\n\n',
    );
    expect(pick({ ending: '.sources', text }, 'older', 'new')).toBeUndefined();
  });
});

it('what is done alone is done by one after the other, and leaves no lock', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tasqueue-lock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const lock = join(folder, 'lock');
  let inside = 0;
  let most = 0;
  const act = async (): Promise<void> => {
    most = Math.max(most, (inside += 1));
    await turn();
    inside -= 1;
  };
  await Promise.all([alone(lock, act), alone(lock, act), alone(lock, act)]);
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});
