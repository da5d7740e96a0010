import type { KnownSections } from './command.js';

/** By name, each loaded only when it is asked for: with it come the drivers that it measures. */
export const sections: KnownSections = new Map([
  ['memory', async () => (await import('./memory/section.js')).memorySection],
  ['redis', async () => (await import('./redis/section.js')).redisSection],
  ['nats', async () => (await import('./nats/section.js')).natsSection],
  ['handlers', async () => (await import('./handlers/section.js')).handlersSection],
]);
