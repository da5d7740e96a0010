import { ConsoleLogger, Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NestLog } from '../../lib/providers/nest-log.js';

/** What Nest's own logger writes. */
function written(logger: ConsoleLogger, tell: (log: NestLog) => void): string {
  const lines: string[] = [];
  const write = (text: unknown): boolean => lines.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
  vi.spyOn(console, 'log').mockImplementation((text) => void write(text));
  Logger.overrideLogger(logger);
  tell(new NestLog());
  return lines.join('');
}

const failure = Object.assign(new Error('declined'), {
  stack: 'Error: declined\n    at charge.ts:1:1',
});
const tellFailure = (log: NestLog) =>
  log.error('job failed', {
    jobId: 'j1',
    task: 'charge',
    attempt: 2,
    queue: undefined,
    error: failure,
  });

beforeEach(() => void vi.restoreAllMocks());
afterEach(() => {
  vi.restoreAllMocks();
  Logger.overrideLogger(new ConsoleLogger());
});

describe('as text', () => {
  const logger = () => new ConsoleLogger({ colors: false });

  it('is one readable line, with the stack below it', () => {
    const text = written(logger(), tellFailure);
    expect(text).toMatch(
      /ERROR \[Tasqueue\] job failed jobId=j1 task=charge attempt=2 error=declined\nError: declined\n {4}at charge\.ts:1:1/,
    );
    expect(text).not.toContain(' queue=');
  });

  it('spares the stack of what is only a warning', () => {
    const text = written(logger(), (log) =>
      log.warn('cannot reach the broker', { error: failure }),
    );
    expect(text).toMatch(/WARN \[Tasqueue\] cannot reach the broker error=declined\n?$/);
  });

  it('is just the message where there is no more to say', () => {
    expect(written(logger(), (log) => log.info('started'))).toMatch(/LOG \[Tasqueue\] started\n?$/);
  });
});

it('as JSON has every field by its name', () => {
  const text = written(new ConsoleLogger({ json: true, colors: false }), tellFailure);
  expect(JSON.parse(text)).toMatchObject({
    level: 'error',
    context: 'Tasqueue',
    message: {
      message: 'job failed',
      jobId: 'j1',
      task: 'charge',
      attempt: 2,
      error: 'declined',
      stack: failure.stack,
    },
  });
});

it('hands loggers of other makes an object with the fields', () => {
  const error = vi.fn<(line: { toString(): string }) => void>();
  Logger.overrideLogger({ log() {}, warn() {}, error });
  tellFailure(new NestLog());
  const [line] = error.mock.calls[0]!;
  expect({ ...line }).toMatchObject({ message: 'job failed', jobId: 'j1', error: 'declined' });
  expect(line.toString()).toContain('job failed jobId=j1');
});
