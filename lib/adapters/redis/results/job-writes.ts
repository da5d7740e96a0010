import type { Versioned } from '../../../core/ports/record.js';
import type { RecordWrite, WriteReply } from '../../../core/ports/results.js';
import { Script } from '../scripts/script.js';
import { buffer, list } from '../scripts/reply.js';
import type { ResultsServer } from './results-server.js';
import type { Revisions } from './revisions.js';
import { readStored } from './stored-records.js';
import { batchesOf } from './write-batches.js';
import { createRequest, putRequest } from './write-requests.js';

const create = new Script('results/create');
const put = new Script('results/put');

/**
 * Compare and set. Most writes are the only ones of their job: those are tried as a whole first, and
 * compared one by one only where that shows that something is there.
 */
export class JobWrites {
  constructor(
    private readonly server: ResultsServer,
    private readonly revisions: Revisions,
  ) {}

  async write(writes: readonly RecordWrite[]): Promise<readonly WriteReply[]> {
    const [first = [], ...rest] = batchesOf(writes);
    const replies = await this.#writeBatch(first);
    if (rest.length === 0) return replies;
    const all = [...replies];
    // One after the other: a later one may go on from an earlier one.
    for (const batch of rest) all.push(...(await this.#writeBatch(batch)));
    return all;
  }

  async #writeBatch(writes: readonly RecordWrite[]): Promise<readonly WriteReply[]> {
    if (writes.length === 0) return [];
    const revision = this.revisions.next();
    const replies = writes.map((): WriteReply => ({ stored: true, revision }));
    const areNew = writes.every(({ expect }) => expect === 0);
    if (areNew && (await this.server.run(create, createRequest(writes, revision))) === 1)
      return replies;
    const refused = list(await this.server.run(put, putRequest(writes, revision)));
    for (let at = 0; at < refused.length; at += 3) {
      const index = Number(refused[at]) - 1;
      const id = writes[index]?.record.id ?? '';
      replies[index] = { stored: false, current: currentOf(id, refused[at + 1], refused[at + 2]) };
    }
    return replies;
  }
}

function currentOf(id: string, record: unknown, state: unknown): Versioned | undefined {
  if (record === null) return undefined;
  return readStored(id, buffer(record), state === null ? undefined : buffer(state));
}
