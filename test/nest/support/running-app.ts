import type { INestApplicationContext, LoggerService, ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule, type TestingModuleBuilder } from '@nestjs/testing';
import { onTestFinished, vi } from 'vitest';
import { TasqueueClient, TasqueueModule, type TasqueueOptions } from '../../../lib/index.js';

/** Jobs that fail on purpose are no news. */
export const SILENT: LoggerService = { log() {}, warn() {}, error() {} };

/** An app with Tasqueue in memory, started; closed when the test is over. */
export async function runningApp(
  metadata: ModuleMetadata,
  options: TasqueueOptions = {},
): Promise<TestingModule> {
  return started({
    ...metadata,
    imports: [TasqueueModule.forRoot(options), ...(metadata.imports ?? [])],
  });
}

/** An app of exactly this, started; closed when the test is over. */
export async function started(
  metadata: ModuleMetadata,
  change: (builder: TestingModuleBuilder) => TestingModuleBuilder = (same) => same,
): Promise<TestingModule> {
  const builder = Test.createTestingModule(metadata).setLogger(SILENT);
  const app = await change(builder).compile();
  onTestFinished(() => app.close());
  return app.init();
}

/** What a job of this task gives. */
export async function resultOf(
  app: INestApplicationContext,
  task: string,
  payload?: unknown,
): Promise<unknown> {
  const handle = await app.get(TasqueueClient).enqueue(task, payload);
  return handle.result({ timeout: 5_000 });
}

/** What `look` gives, once it does not throw any more. */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 5_000, interval: 5 });
}
