import { createHook } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { Task, TasqueueClient } from '../../lib/index.js';
import { TasqueueTester, TasqueueTestingModule } from '../../lib/testing/index.js';
import { SILENT } from './support/tested-app.js';

@Injectable()
class Tasks {
  @Task('quick') quick() {}

  @Task('flaky', { maxRetries: 3 }) flaky() {
    throw new Error('no');
  }

  @Task('nightly', { schedule: '0 3 * * *' }) nightly() {}
}

const OURS = /\/lib\/(core|adapters|providers|testing)\//;

/** Timers that our code has set and that have neither fired nor been cancelled, referenced or not. */
class TimerWatch {
  readonly #armed = new Map<number, string>();
  readonly #hook = createHook({
    init: (id, type) => {
      const { stack = '' } = new Error('a timer was set');
      if (type === 'Timeout' && OURS.test(stack)) this.#armed.set(id, stack);
    },
    destroy: (id) => void this.#armed.delete(id),
  }).enable();

  /** Where they were set. */
  async stop(): Promise<string[]> {
    // Node tells of ends a turn later.
    await new Promise((resolve) => void setImmediate(resolve));
    this.#hook.disable();
    return [...this.#armed.values()];
  }
}

const count = (resource: string): number =>
  process.getActiveResourcesInfo().filter((type) => type === resource).length;

describe.each(['inline', 'manual', 'live'] as const)('an application in %s mode', (mode) => {
  it('leaves no timer behind when it is closed', async () => {
    const handles = count('Timeout');
    const timers = new TimerWatch();
    const app = await Test.createTestingModule({
      imports: [TasqueueTestingModule.forRoot({ mode })],
      providers: [Tasks],
    })
      .setLogger(SILENT)
      .compile();
    await app.init();
    const client = app.get(TasqueueClient);
    const tester = app.get(TasqueueTester);
    await client.enqueue('quick');
    await client.enqueue('flaky');
    await client.enqueue('quick', undefined, { delay: 60_000 });
    await tester.run('quick');
    await tester.drain();
    if (mode !== 'live') await tester.advance(3_600_000);
    await app.close();

    await expect(timers.stop()).resolves.toEqual([]);
    expect(count('Timeout')).toBeLessThanOrEqual(handles);
    expect(mode === 'live' ? 0 : tester.clock.armed).toBe(0);
  });
});
