import { expect, it } from 'vitest';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

it('tells which queues this process has paused, and until when', async () => {
  const instance = new Instance(memoryWorld())
    .task('mail', () => undefined, { queue: 'mail', concurrency: 2 })
    .task('math', () => undefined, { queue: 'math', concurrency: 3 });
  await instance.start();
  instance.runner.pause('mail');

  expect(instance.runner.status.slots).toEqual({
    mail: { busy: 0, concurrency: 2, paused: true },
    math: { busy: 0, concurrency: 3, paused: false },
  });
  instance.runner.resume('mail');
  expect(instance.runner.status.slots['mail']?.paused).toBe(false);
});
