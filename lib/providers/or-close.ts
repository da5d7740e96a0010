import type { Tasqueue } from '../core/tasqueue.js';

/**
 * Goes a step of the bootstrap; closes the instance where it fails. Nest 11 runs no shutdown hooks after
 * a bootstrap that failed, and an open connection would keep the process from ending.
 */
export async function orClose(tasqueue: Tasqueue, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    await tasqueue.close();
    throw error;
  }
}
