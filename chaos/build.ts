import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mutated, type Mutation } from '../test/support/mutation/mutation.js';
import { copyPackage, type PackageCopy } from '../test/support/package/package-copy.js';
import { ROOT } from '../test/support/package/root.js';
import { transpile } from '../test/support/package/transpile.js';

/** What lanes and workers run: the sources as they are now, or with some of them changed. */
export async function build(mutations: readonly Mutation[]): Promise<PackageCopy> {
  const copy = await copyPackage(
    'lib',
    'chaos',
    'test/support/processes',
    'test/support/servers',
    'test/support/faults',
  );
  for (const mutation of mutations) {
    const source = mutated(await readFile(join(ROOT, mutation.file), 'utf8'), mutation);
    const built = join(copy.folder, 'dist', mutation.file);
    if (mutation.file.endsWith('.lua')) await writeFile(built, source);
    else await writeFile(built.replace(/ts$/, 'js'), transpile(source));
  }
  return copy;
}
