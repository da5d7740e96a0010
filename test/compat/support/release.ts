import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mutated, type Mutation } from '../../support/mutation/mutation.js';
import { copyPackage, type PackageCopy } from '../../support/package/package-copy.js';
import { ROOT } from '../../support/package/root.js';
import { transpile } from '../../support/package/transpile.js';

/** What a worker cannot read, or does not know, comes back at once: releases are what is tried here. */
const IMPATIENT: Mutation = {
  file: 'lib/core/worker/refusal.ts',
  find: 'const SHORTEST_PUT_BACK_MS = 5_000;',
  replace: 'const SHORTEST_PUT_BACK_MS = 100;',
};

/** The next version of the envelope: all it changes is its number. */
const NEXT: Mutation = {
  file: 'lib/core/message/frame.ts',
  find: 'export const WIRE_VERSION = 1;',
  replace: 'export const WIRE_VERSION = 2;',
};

/** This release, or the one that comes after it, as a package of its own. */
export async function release(which: 'this' | 'next'): Promise<PackageCopy> {
  const copy = await copyPackage('lib', 'test/compat/program', 'test/support/processes');
  for (const mutation of which === 'next' ? [IMPATIENT, NEXT] : [IMPATIENT]) {
    const source = mutated(await readFile(join(ROOT, mutation.file), 'utf8'), mutation);
    const built = join(copy.folder, 'dist', mutation.file.replace(/ts$/, 'js'));
    await writeFile(built, transpile(source));
  }
  return copy;
}
