/** Two rounds: what the first one finds dead may hold on to more. */
const ROUNDS = 2;

/** Leaves nothing in the heap but what can be reached. Needs --expose-gc. */
export async function collectGarbage(): Promise<void> {
  if (gc === undefined) throw new Error('start Node with --expose-gc');
  for (let round = 0; round < ROUNDS; round += 1) {
    gc();
    // Buffers are given back in a later turn.
    await new Promise((resolve) => void setImmediate(resolve));
  }
}

/** Bytes that are reachable now, buffers included. */
export async function heapBytes(): Promise<number> {
  await collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
