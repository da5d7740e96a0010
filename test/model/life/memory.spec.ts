import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryWorld } from '../../support/engine/instance.js';
import { Scripted } from '../../support/engine/scripted.js';
import { agree, anyCommands } from './agreement.js';
import { LifeScene, ONE_SLOT } from './scene.js';

it('a job’s life on the memory stores is that of the model, event for event', async () => {
  const life = fc.asyncProperty(anyCommands, async (commands) => {
    const instance = new Scripted(memoryWorld(), ONE_SLOT);
    await instance.start();
    const scene = new LifeScene(instance, (ms) => instance.clock.advance(ms));
    await agree(commands, scene);
    instance.held.finishAll();
    await instance.close();
    expect(instance.world.clock).toMatchObject({ armed: 0 });
  });
  await fc.assert(life, { seed: 20_261_124, numRuns: 150 });
}, 60_000);
