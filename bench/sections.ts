import type { Section } from './harness/section.js';

/** By name, each loaded only when it is asked for: with it come the drivers that it measures. */
export const sections: ReadonlyMap<string, () => Promise<Section>> = new Map([
  ['memory', async () => (await import('./memory/section.js')).memorySection],
]);
