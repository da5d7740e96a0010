import { access, chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.js';

/**
 * Unpacks packages into `folder` and writes a program there that starts this one with the C library it
 * came with, which may be newer than the machine's.
 */
export async function unpack(
  folder: string,
  packages: readonly string[],
  program: string,
): Promise<void> {
  for (const file of packages) await run('dpkg-deb', ['-x', file, join(folder, 'root')]);
  const binary = await findBelow(folder, [`root/usr/bin/${program}`, `root/usr/sbin/${program}`]);
  const libraries = await libraryFolders(folder);
  const script = `#!/bin/sh
here=$(dirname "$0")
exec "$here/${await findLoader(folder, libraries)}" --library-path "${libraries.map((path) => `$here/${path}`).join(':')}" "$here/${binary}" "$@"
`;
  await writeFile(join(folder, program), script);
  await chmod(join(folder, program), 0o755);
}

/** `lib/x86_64-linux-gnu` and the like. */
async function libraryFolders(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const parent of ['root/lib', 'root/usr/lib'])
    for (const name of await readdir(join(folder, parent)).catch(() => []))
      if (/-linux-gnu\w*$/.test(name)) found.push(`${parent}/${name}`);
  return found;
}

async function findLoader(folder: string, libraries: readonly string[]): Promise<string> {
  for (const path of libraries)
    for (const name of await readdir(join(folder, path)))
      if (/^ld-linux.*\.so\.\d+$/.test(name)) return `${path}/${name}`;
  throw new Error('the packages hold no loader');
}

async function findBelow(folder: string, paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const there = await access(join(folder, path)).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  throw new Error(`the packages hold no ${paths.join(' and no ')}`);
}
