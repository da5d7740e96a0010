import { isFinal } from '../../lib/core/job-status.js';
import type { Results } from '../../lib/core/ports/results.js';
import type { Journal } from './journal.js';

/** The store, with a line in the journal for each outcome that it has taken from this process. */
export function witnessed(results: Results, journal: Journal): Results {
  return new Proxy(results, {
    get(target, name) {
      if (name === 'put') return put;
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => Reflect.apply(member, target, args);
    },
  });

  async function put(writes: Parameters<Results['put']>[0]): ReturnType<Results['put']> {
    const replies = await results.put(writes);
    for (const [index, { record }] of writes.entries()) {
      const { id, generation, run, status, finishedAt } = record;
      if (replies[index]?.stored === true && isFinal(status))
        journal.write({ kind: 'outcome', id, generation, run, status, finishedAt });
    }
    return replies;
  }
}
