import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { APPS, type App } from './apps.js';
import { run } from './run.js';

const SOURCES = fileURLToPath(new URL('./app', import.meta.url));

async function install(folder: string, { type, packages, compilerOptions }: App): Promise<void> {
  const dependencies = { 'nestjs-tasqueue': `file:${inject('tarball')}`, ...packages };
  const json = (name: string, content: object) =>
    writeFile(join(folder, name), JSON.stringify(content));
  await json('package.json', { name: 'app', private: true, type, dependencies });
  await json('tsconfig.json', { compilerOptions, include: ['src'] });
  await cp(SOURCES, join(folder, 'src'), { recursive: true });
  await run(folder, 'npm', ['install', '--prefer-offline', '--no-package-lock', '--silent']);
}

describe.each(APPS)('an application on $name', (app) => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tasqueue-app-'));
    await install(folder, app);
    await run(folder, 'npx', ['--no-install', 'tsc']);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('runs a job and exits', async () => {
    expect(await run(folder, 'node', ['dist/main.js'])).toBe('9\n');
  });

  it('is tested, and the test exits', async () => {
    expect(await run(folder, 'node', ['dist/under-test.js'])).toBe('4 successful 2\n');
  });

  it('tells its health', async () => {
    expect(await run(folder, 'node', ['dist/health.js'])).toBe(
      `up ${app.degraded} 1 jobs wait in queue 'tasqueue:tasks', more than 0\n`,
    );
  });

  it('measures and traces', async () => {
    expect(await run(folder, 'node', ['dist/telemetry.js'])).toBe(
      'tasqueue_jobs_enqueued_total{queue="tasqueue:tasks",task="work"} 1\n',
    );
  });

  it('finds every entry point', async () => {
    expect(await run(folder, 'node', ['dist/entry-points.js'])).toBe(
      'MemoryBroker ManualClock TasqueueDashboardModule\n',
    );
  });
});
