import type { Versioned } from '../../../core/ports/record.js';
import type { RecordWrite, WriteReply } from '../../../core/ports/results.js';
import { Script } from '../scripts/script.js';
import { buffer, list } from '../scripts/reply.js';
import type { ResultsServer } from './results-server.js';
import { revisionOf, type Revisions } from './revisions.js';
import { readStored } from './stored-records.js';
import { batchesOf, type WriteBatch } from './write-batches.js';
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
    const { batches, repeats } = batchesOf(writes);
    const [only] = batches;
    if (batches.length === 1 && only) return this.#writeBatch(only);
    if (!repeats)
      return (await Promise.all(batches.map((batch) => this.#writeBatch(batch)))).flat();
    const replies: WriteReply[] = [];
    // One after the other: what is written twice has to be compared in order.
    for (const batch of batches) replies.push(...(await this.#writeBatch(batch)));
    return replies;
  }

  async #writeBatch({ writes, allNew }: WriteBatch): Promise<readonly WriteReply[]> {
    const token = this.revisions.token();
    const replies = writes.map((_, number): WriteReply => ({
      stored: true,
      revision: revisionOf(token, number),
    }));
    if (allNew && (await this.server.run(create, createRequest(writes, token))) === 1)
      return replies;
    const refused = list(await this.server.run(put, putRequest(writes, token)));
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
