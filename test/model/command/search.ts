import type { Mutation } from '../../support/mutation/mutation.js';
import { loadModel } from './load.js';

/** A seed whose storm breaks a promise, and which. */
export interface Catch {
  readonly seed: number;
  readonly violation: string;
}

export interface Range {
  readonly first: number;
  readonly count: number;
}

/** The first seed that breaks a promise on sources with these mutations; undefined if none does. */
export async function firstCatch(
  mutations: readonly Mutation[],
  { first, count }: Range,
): Promise<Catch | undefined> {
  const model = await loadModel(mutations);
  // Where a rule is switched off, a rejection may find nobody. It is no promise that is broken.
  const hear = (): void => {};
  process.on('unhandledRejection', hear);
  try {
    for (let seed = first; seed < first + count; seed += 1) {
      const broken = await model
        .play(model.stormOf(seed))
        .catch((error: unknown) => [`it threw: ${String(error)}`]);
      const [violation] = broken;
      if (violation !== undefined) return { seed, violation };
    }
    return undefined;
  } finally {
    process.off('unhandledRejection', hear);
    await model.close();
  }
}
