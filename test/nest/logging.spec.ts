import { inspect } from 'node:util';
import {
  Catch,
  type ExceptionFilter,
  type LoggerService,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  job,
  type JobContext,
  OnFailed,
  OnTasqueueEvent,
  Task,
  TasqueueClient,
  TasqueueModule,
} from 'nestjs-tasqueue';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { eventually } from './support/running-app.js';

const SECRET = 'sesame';
const PAYLOAD = { password: SECRET };

@Catch()
class Passing implements ExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}

class Tasks {
  @Task('plain') plain() {
    throw new Error('plainly wrong');
  }
  @Task('surrounded') @UseGuards({ canActivate: () => true }) @UseFilters(Passing) surrounded() {
    throw new Error('wrong behind enhancers');
  }
  @Task('guarded') @UseGuards({ canActivate: () => false }) guarded() {}
  @Task('flaky', { maxRetries: 1, backoff: 0 }) flaky(_: unknown, ctx: JobContext) {
    throw new Error(`attempt ${ctx.attempt}`);
  }
  @Task('slow', { timeout: 1 }) slow() {
    return new Promise(() => {});
  }
  @Task('checked', { payload: z.object({ password: z.number() }) }) checked() {}
  @Task('heard') heard() {
    throw new Error('heard');
  }
  @OnFailed('heard') alsoFails() {
    throw new Error('the callback, too');
  }
  @OnTasqueueEvent('failed') listens() {}
}

interface Line {
  readonly level: 'log' | 'warn' | 'error';
  readonly line: object;
  /** As a logger that writes JSON sees them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An app whose log can be read. */
async function loggingApp() {
  const lines: Line[] = [];
  const at = (level: Line['level']) => (line: object) =>
    void lines.push({ level, line, fields: { ...line } });
  const logger: LoggerService = { log: at('log'), warn: at('warn'), error: at('error') };
  const app = await Test.createTestingModule({
    imports: [TasqueueModule.forRoot({ unknownTasks: 'allow' })],
    providers: [Tasks],
  })
    .setLogger(logger)
    .compile();
  onTestFinished(() => app.close());
  await app.init();
  /** Those that are about this job. */
  const about = (jobId: string) => lines.filter(({ fields }) => fields['jobId'] === jobId);
  return { app, client: app.get(TasqueueClient), lines, about };
}

const FAILURES = [
  ['plain', 'plainly wrong'],
  ['surrounded', 'wrong behind enhancers'],
  ['guarded', expect.stringContaining('refused by')],
  ['slow', expect.stringContaining('took longer')],
  ['nobody', expect.stringContaining("no handler for task 'nobody'")],
] as const;

describe('a failure', () => {
  it.each(FAILURES)('is logged once, with all that names it: %s', async (task, error) => {
    const { client, about, lines } = await loggingApp();
    const { id } = await client.enqueue(task, PAYLOAD);
    await eventually(() => expect(about(id)).not.toEqual([]));
    await client.enqueue('plain', PAYLOAD, { id: 'later' });
    await eventually(() => expect(about('later')).not.toEqual([]));
    expect(about(id)).toHaveLength(1);
    const [line] = about(id);
    expect(line?.level).toBe('error');
    expect(line?.fields).toMatchObject({
      message: 'job failed',
      jobId: id,
      task,
      queue: 'tasqueue:tasks',
      attempt: expect.any(Number),
      error,
    });
    expect(lines.filter((each) => each.level === 'error')).toHaveLength(2);
  });

  it('after which the job is retried is a warning; the last one is the failure', async () => {
    const { client, about } = await loggingApp();
    const { id } = await client.enqueue('flaky', PAYLOAD);
    await eventually(() => expect(about(id)).toHaveLength(2));
    expect(about(id).map(({ level, fields }) => [level, fields['attempt']])).toEqual([
      ['warn', 1],
      ['error', 2],
    ]);
  });

  it('of a callback is another line, which names the job as well', async () => {
    const { client, about } = await loggingApp();
    const { id } = await client.enqueue('heard', PAYLOAD);
    await eventually(() => expect(about(id)).toHaveLength(2));
    expect(about(id).map(({ fields }) => fields['message'])).toEqual([
      'job failed',
      "a callback on 'failed' threw; the job is unaffected",
    ]);
  });
});

it('never logs a payload, whatever happens to the job', async () => {
  const { client, lines, about } = await loggingApp();
  const tasks = ['plain', 'surrounded', 'guarded', 'flaky', 'slow', 'heard', 'nobody'];
  await client.enqueueMany(tasks.map((task) => job(task, PAYLOAD, { id: task })));
  await expect(client.enqueue('checked', PAYLOAD)).rejects.toThrow('payload');
  for (const task of tasks) await eventually(() => expect(about(task)).not.toEqual([]));
  await eventually(() => expect(about('flaky')).toHaveLength(2));
  for (const { line } of lines) {
    const shown = [inspect(line, { depth: 10 }), JSON.stringify(line)];
    expect(shown.join()).not.toContain(SECRET);
  }
});
