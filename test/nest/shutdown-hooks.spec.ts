import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Log } from '../../lib/core/log.js';
import { TasqueueModule, type TasqueueOptions } from '../../lib/index.js';
import { TASQUEUE_ENVIRONMENT } from '../../lib/providers/tasqueue.tokens.js';
import { systemEnvironment } from '../../lib/tasqueue-assembly.js';
import { ManualClock } from '../../lib/testing/manual-clock.js';
import { started } from './support/running-app.js';

/** What a running app has warned of, a second after its start. */
async function warnings(options: TasqueueOptions, afterStart = () => {}): Promise<string[]> {
  const before = process.listeners('SIGTERM');
  process.removeAllListeners('SIGTERM');
  onTestFinished(() => {
    process.removeAllListeners('SIGTERM');
    for (const listener of before) process.on('SIGTERM', listener);
  });
  const warn = vi.fn<Log['warn']>();
  const log: Log = { info() {}, error() {}, warn };
  const clock = new ManualClock();
  await started({ imports: [TasqueueModule.forRoot(options)] }, (builder) =>
    builder.overrideProvider(TASQUEUE_ENVIRONMENT).useValue({ ...systemEnvironment(), clock, log }),
  );
  afterStart();
  await clock.advance(1_000);
  return warn.mock.calls.map(([message]) => message);
}

describe('workers without shutdown hooks', () => {
  it('are warned of, with what to do', async () => {
    expect(await warnings({})).toEqual([expect.stringContaining('app.enableShutdownHooks()')]);
  });

  it('are fine where hooks are enabled, be it just after the start', async () => {
    expect(await warnings({}, () => void process.on('SIGTERM', () => {}))).toEqual([]);
  });

  it('are nothing that a producer has', async () => {
    expect(await warnings({ role: 'producer' })).toEqual([]);
  });
});
