import type { LoggerService, ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { onTestFinished } from 'vitest';
import { TasqueueAdmin, TasqueueClient } from '../../../lib/index.js';
import {
  TasqueueTester,
  TasqueueTestingModule,
  type TasqueueTestingOptions,
} from '../../../lib/testing/index.js';

/** Jobs that fail on purpose are no news. */
export const SILENT: LoggerService = { log() {}, warn() {}, error() {} };

export interface TestedApp {
  readonly app: TestingModule;
  readonly client: TasqueueClient;
  readonly admin: TasqueueAdmin;
  readonly tester: TasqueueTester;
}

/** An app with these tasks, started; closed when the test is over. */
export async function testedApp(
  options: TasqueueTestingOptions,
  providers: NonNullable<ModuleMetadata['providers']>,
): Promise<TestedApp> {
  const imports = [TasqueueTestingModule.forRoot(options)];
  const app = await Test.createTestingModule({ imports, providers }).setLogger(SILENT).compile();
  onTestFinished(() => app.close());
  await app.init();
  return {
    app,
    client: app.get(TasqueueClient),
    admin: app.get(TasqueueAdmin),
    tester: app.get(TasqueueTester),
  };
}
