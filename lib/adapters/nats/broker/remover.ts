import type { MessageKey } from '../../../core/ports/message.js';
import type { Ledgers } from './ledgers.js';
import type { Removal, Taken } from './removal.js';

/** Removes messages, claimed or not, and tells those who had claimed them. */
export class Remover {
  constructor(
    private readonly removal: Removal,
    private readonly ledgers: Ledgers,
  ) {}

  /** True for those that were there, in the order of the keys. */
  async remove(keys: readonly MessageKey[]): Promise<readonly boolean[]> {
    const last = new Map<string, Promise<unknown>>();
    const taking = keys.map((key) => {
      // Of one id one after the other: only the first finds it.
      const before = last.get(key.id);
      const take = before ? before.then(() => this.removal.take(key)) : this.removal.take(key);
      last.set(key.id, take);
      return take;
    });
    const results = await Promise.all(taking);
    const taken = results.filter((one): one is Taken => one !== undefined);
    if (taken.length > 0) await this.ledgers.dispossess((claim) => taken.some((is) => is(claim)));
    return results.map((one) => one !== undefined);
  }
}
