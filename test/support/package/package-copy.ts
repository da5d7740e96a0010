import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './root.js';
import { transpileFolder } from './transpile.js';

/** A package of our name, built from the sources as they are now, for programs that run by themselves. */
export interface PackageCopy {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Lies inside the repository, so that other packages are found where they are; `dist` itself is left
 * to those who build it. `sources` are folders such as `lib` and `sample-app`.
 */
export async function copyPackage(...sources: string[]): Promise<PackageCopy> {
  await mkdir(join(ROOT, '.test-results'), { recursive: true });
  const folder = await mkdtemp(join(ROOT, '.test-results', 'package-'));
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await Promise.all(
    sources.map((source) => transpileFolder(join(ROOT, source), join(folder, 'dist', source))),
  );
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
