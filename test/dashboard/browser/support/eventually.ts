import { vi } from 'vitest';
import { DEADLINE_MS } from './visitor.js';

/** What `look` gives, once it does not throw any more; by the deadline, what it threw last. */
export function eventually<T>(look: () => Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: DEADLINE_MS, interval: 20 });
}
