import { describe, expect, it } from 'vitest';
import { DuplicateTaskError, QueueConcurrencyConflictError } from '../../../lib/core/errors.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

const instance = () => new Instance(memoryWorld());
const run = () => 1;

describe('handlers', () => {
  it('of one task are refused, both named', async () => {
    const twice = instance()
      .task('add', run, { owner: 'Math.add' })
      .task('add', run, { owner: 'Sums.plus' });
    await expect(twice.connect()).rejects.toThrow(DuplicateTaskError);
    await expect(
      instance()
        .task('a', run, { owner: 'X.a' })
        .task('b', run, { owner: 'Y.b', aliases: ['a'] })
        .connect(),
    ).rejects.toThrow(/X\.a.*Y\.b/);
  });

  it('that give one queue different concurrencies are refused, both named', async () => {
    const conflict = instance()
      .task('a', run, { owner: 'X.a', queue: 'q', concurrency: 2 })
      .task('b', run, { owner: 'Y.b', queue: 'q' })
      .task('c', run, { owner: 'Z.c', queue: 'q', concurrency: 3 });
    const refused = conflict.connect();
    await expect(refused).rejects.toThrow(QueueConcurrencyConflictError);
    await expect(refused).rejects.toThrow(/X\.a.*Z\.c/);
  });

  it('of the default queue share its concurrency too', async () => {
    const conflict = instance()
      .task('a', run, { concurrency: 2 })
      .task('b', run, { queue: 'tasqueue:tasks', concurrency: 3 });
    await expect(conflict.connect()).rejects.toThrow(QueueConcurrencyConflictError);
  });

  it.each([
    ['one names it', [2, undefined]],
    ['the second names it', [undefined, 2]],
    ['both name the same', [2, 2]],
  ])('share a queue without a word where %s', async (_, [first, second]) => {
    const sharing = instance()
      .task('a', run, { queue: 'q', concurrency: first })
      .task('b', run, { queue: 'q', concurrency: second });
    await sharing.start();
    expect(sharing.runner.status.slots).toMatchObject({ q: { concurrency: 2 } });
  });

  it('without a queue work on the default queue', async () => {
    const plain = instance().task('a', run);
    await plain.start();
    const handle = await plain.client.enqueue('a');
    expect((await handle.get()).queue).toBe('tasqueue:tasks');
  });
});
