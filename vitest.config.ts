import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { mutations } from './test/support/mutation/plugin.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What every project shares; Vitest hands none of it down from the root. */
const shared = {
  plugins: mutations(),
  // Nest injects by the metadata that decorators leave behind.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: {
    alias: [
      { find: /^nestjs-tasqueue$/, replacement: here('lib/index.ts') },
      { find: /^nestjs-tasqueue\/(.+)$/, replacement: here('lib/$1/index.ts') },
    ],
  },
};

export default defineConfig({
  ...shared,
  test: {
    // Most of the time goes by in tests that wait for servers: more of them than there are cores.
    maxWorkers: 3,
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['test/**/*.spec.ts'],
          exclude: [
            'test/packed/**',
            'test/e2e/**',
            'test/dashboard/browser/**',
            'test/rules/mutations.spec.ts',
            'test/model/storm/catches.spec.ts',
          ],
          setupFiles: ['reflect-metadata'],
          globalSetup: 'test/support/servers/global-setup.ts',
          // One module graph per worker instead of one per file: ten times faster.
          isolate: false,
          // No test waits for time to pass; this only bounds one that hangs, on a machine that is busy.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          setupFiles: ['reflect-metadata'],
          globalSetup: 'test/support/servers/global-setup.ts',
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          include: ['test/dashboard/browser/**/*.spec.ts'],
          setupFiles: ['reflect-metadata'],
          globalSetup: [
            'test/support/servers/global-setup.ts',
            'test/dashboard/browser/support/global-setup.ts',
          ],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'mutations',
          include: ['test/rules/mutations.spec.ts', 'test/model/storm/catches.spec.ts'],
          // Each case is a run of Vitest of its own: as many at once as a small machine has cores.
          maxConcurrency: 2,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'packed',
          include: ['test/packed/**/*.spec.ts'],
          globalSetup: 'test/packed/pack.ts',
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['test/types/**/*.test-d.ts'],
            tsconfig: 'test/types/tsconfig.json',
          },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts'],
      thresholds: { lines: 95 },
    },
  },
});
