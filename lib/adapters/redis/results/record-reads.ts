import type { Versioned } from '../../../core/ports/record.js';
import { Packer } from '../scripts/packer.js';
import { buffer, list } from '../scripts/reply.js';
import { Script } from '../scripts/script.js';
import { kindOf } from './record-layout.js';
import type { ResultsServer } from './results-server.js';
import { readStored } from './stored-records.js';

/** Ids in one call: it takes the server about a millisecond. */
const MOST_IDS = 500;

const find = new Script('results/find');
const packer = new Packer();

/** Looks ids up. Jobs need no script; what belongs to plans is fetched with them in a second call. */
export class RecordReads {
  constructor(private readonly server: ResultsServer) {}

  async get(ids: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    if (ids.length <= MOST_IDS) return ids.length === 0 ? [] : this.#read(ids);
    const parts: Promise<readonly (Versioned | undefined)[]>[] = [];
    for (let from = 0; from < ids.length; from += MOST_IDS)
      parts.push(this.#read(ids.slice(from, from + MOST_IDS)));
    return (await Promise.all(parts)).flat();
  }

  async #read(ids: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    const values = list(await this.server.command('HMGET', ':r:j', ...ids));
    const isPlan = (_: string, index: number): boolean => {
      const value = values[index];
      return Buffer.isBuffer(value) && kindOf(value) === 'plan';
    };
    const planIds = ids.filter(isPlan);
    const plans = planIds.length > 0 ? await this.#readPlans(planIds) : [];
    let plan = 0;
    return ids.map((id, index) => {
      if (isPlan(id, index)) return plans[plan++];
      const value = values[index];
      return value === null ? undefined : readStored(id, buffer(value));
    });
  }

  async #readPlans(ids: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    const reply = list(await this.server.run(find, packer.clear().texts(ids).finish()));
    return ids.map((id, index) => {
      const [value, state] = [reply[2 * index], reply[2 * index + 1]];
      if (value === null) return undefined;
      return readStored(id, buffer(value), state === null ? undefined : buffer(state));
    });
  }
}
