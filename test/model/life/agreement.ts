import * as fc from 'fast-check';
import { expect } from 'vitest';
import { anyCommand, type Command } from './commands.js';
import { BEGINNING, type Life } from './model.js';
import { byId, type LifeScene, statesOf } from './scene.js';

export const anyCommands = fc.array(anyCommand, { minLength: 5, maxLength: 25, size: 'max' });

/** Does the same in the model and in the world, step by step. Gives the world's trace. */
export async function agree(commands: readonly Command[], scene: LifeScene): Promise<unknown> {
  let life: Life = BEGINNING;
  for (const command of commands) {
    const applied = command.apply(life);
    life = applied.life;
    expect([command.name, await command.run(scene)]).toEqual([command.name, applied.answer]);
    expect({ after: command.name, ...(await scene.arriveAt(life)) }).toEqual({
      after: command.name,
      ways: byId(life.trace),
      states: statesOf(life.jobs),
    });
  }
  return byId(scene.trace);
}
