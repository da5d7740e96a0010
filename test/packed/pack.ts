import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { run } from './run.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The package as `npm publish` would send it. */
    tarball: string;
  }
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Builds and packs the package once, for every test of this project. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tasqueue-pack-'));
  await run(ROOT, 'npm', ['pack', '--pack-destination', folder]);
  const [name = ''] = await readdir(folder);
  project.provide('tarball', join(folder, name));
  return () => rm(folder, { recursive: true });
}
