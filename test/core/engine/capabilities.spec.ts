import { expect, it } from 'vitest';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import { CapabilityError } from '../../../lib/core/errors.js';
import type { RetentionPolicy } from '../../../lib/core/ports/results.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

/** A store that can keep jobs for a time, and cannot count them. */
class AgeOnlyResults extends MemoryResults {
  override async connect(settings: { readonly retention: RetentionPolicy }): Promise<void> {
    if (settings.retention.failed.count !== undefined)
      throw new CapabilityError('this store has no retention by count: leave out retention.count');
    await super.connect(settings);
  }
}

it.each(['fail', 'wait'] as const)(
  'stops the bootstrap at once when a store cannot do what is asked, with onStartup %s',
  async (onStartup) => {
    const world = { ...memoryWorld(), results: new AgeOnlyResults() };
    const asked = new Instance(world, { onStartup, retention: { failed: { count: 5 } } });

    await expect(asked.connect()).rejects.toThrow(CapabilityError);
  },
);

it('starts where nothing is asked that a store cannot do', async () => {
  const world = { ...memoryWorld(), results: new AgeOnlyResults() };
  const modest = new Instance(world, { retention: { failed: { age: 60_000 } } });

  await expect(modest.connect()).resolves.toBe(modest);
});
