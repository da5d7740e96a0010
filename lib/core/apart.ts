import { asError } from './error-shape.js';
import { BrokerUnavailableError, ResultsUnavailableError } from './errors.js';

/**
 * Asks for all at once, and by halves where that fails, until what fails does so alone: one item that
 * cannot be dealt with must not hold up the others. `ask` may be asked for the same item several times.
 * Rejects while a store cannot be reached, which is nobody's fault.
 */
export async function apart<Item, Reply>(
  items: readonly Item[],
  ask: (items: readonly Item[]) => Promise<readonly Reply[]>,
): Promise<readonly (Reply | Error)[]> {
  try {
    return await ask(items);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    if (items.length <= 1) return items.map(() => asError(error));
    const half = Math.ceil(items.length / 2);
    const first = await apart(items.slice(0, half), ask);
    return [...first, ...(await apart(items.slice(half), ask))];
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof BrokerUnavailableError || error instanceof ResultsUnavailableError;
}
