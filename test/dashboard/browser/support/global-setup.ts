import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the tests of the pages are handed. */
declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the pages, as they were built for this run. */
    readonly pages: string;
    readonly chromium: string;
  }
}

/** Builds the pages as they are now, apart from `dist`, and makes sure of a browser. */
export async function setup(project: TestProject): Promise<void> {
  const pages = here('../../../../.test-results/dashboard-pages');
  await buildAsShipped(pages);
  project.provide('pages', pages);
  project.provide('chromium', await findChromium());
}

/** Vitest says `test` in NODE_ENV, by which React would be built with its warnings. */
async function buildAsShipped(outDir: string): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      configFile: here('../../../../dashboard/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir, emptyOutDir: true },
    });
  } finally {
    process.env['NODE_ENV'] = NODE_ENV;
  }
}
