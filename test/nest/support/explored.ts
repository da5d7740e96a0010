import type { ModuleMetadata } from '@nestjs/common';
import { ExternalContextCreator, ModulesContainer } from '@nestjs/core';
import { Test, type TestingModule } from '@nestjs/testing';
import { cronerReader } from '../../../lib/adapters/croner/croner-reader.js';
import type { JobContext } from '../../../lib/core/job-context.js';
import type { TaskEntry } from '../../../lib/core/task-entry.js';
import { loadEnhancers } from '../../../lib/providers/enhancer-loader.js';
import { findHosts } from '../../../lib/providers/handler-host.js';
import { HandlerInvoker } from '../../../lib/providers/handler-invoker.js';
import { NestEnhancers } from '../../../lib/providers/nest-enhancers.js';
import { TaskExplorer } from '../../../lib/providers/task.explorer.js';

export interface Explored {
  readonly app: TestingModule;
  readonly entries: readonly TaskEntry[];
  /** Calls the handler of a task as the engine would. */
  run(task: string, payload?: unknown, ctx?: JobContext): Promise<unknown>;
}

export interface Exploration {
  readonly role?: 'both' | 'producer';
  readonly name?: string;
  readonly instances?: readonly (string | undefined)[];
}

/** An app of these providers, explored without an engine. */
export async function explored(
  metadata: ModuleMetadata,
  { role = 'both', name, instances = [name] }: Exploration = {},
): Promise<Explored> {
  const app = await Test.createTestingModule(metadata).compile();
  await app.init();
  const hosts = findHosts(app.get(ModulesContainer, { strict: false }));
  await Promise.all(hosts.map(loadEnhancers));
  const creator = app.get(ExternalContextCreator, { strict: false });
  const invoker = new HandlerInvoker(new NestEnhancers(creator, false));
  const explorer = new TaskExplorer({ hosts, invoker, cron: cronerReader, instances });
  const entries = explorer.explore({ name, role });
  return {
    app,
    entries,
    async run(task, payload, ctx = contextOf()) {
      const entry = entries.find((each) => each.name === task);
      if (!entry)
        throw new Error(`no entry '${task}' among ${entries.map((each) => each.name).join()}`);
      return await entry.run(payload, ctx);
    },
  };
}

/** As much of a JobContext as a test needs. */
export function contextOf(fields: Partial<JobContext> = {}): JobContext {
  const some = { id: 'j1', headers: {}, signal: new AbortController().signal, ...fields };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a part will do for whom it is made
  return some as JobContext;
}
