import { createHash } from 'node:crypto';

const SEED = 'tasqueue-shop';

/** Chance that can be repeated: evenly spread over [0, 1), and the same question gets the same answer. */
export function luck(question: string): number {
  return createHash('sha256').update(`${SEED}/${question}`).digest().readUInt32BE() / 2 ** 32;
}
