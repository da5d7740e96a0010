import type { Clock } from '../../../lib/core/clock.js';
import { isFinal, type JobStatus } from '../../../lib/core/job-status.js';
import type { JobRecord } from '../../../lib/core/ports/record.js';
import type { RecordWrite, Results } from '../../../lib/core/ports/results.js';
import { overriding } from '../../support/engine/overriding.js';
import { illegalMove } from '../invariants/legal-moves.js';
import type { Chronicle } from './chronicle.js';

const LONGEST_UNRECORDED_MS = 250;

/** A record as it was when the store took it. */
export interface Written {
  readonly record: JobRecord;
  /** Server instant; epoch ms. */
  readonly at: number;
}

/** Sees, on the server's side, every record that the results take, in order. */
export class ResultsWatch {
  readonly written: Written[] = [];
  readonly #latest = new Map<string, JobRecord>();
  readonly #notBefore = new Map<string, number>();

  constructor(
    private readonly results: Results,
    private readonly clock: Clock,
    private readonly chronicle: Chronicle,
  ) {}

  /** The store, seen through. `healthy`: nothing has kept this machine from its stores lately. */
  of(healthyForMs: () => number): Results {
    const { results } = this;
    return overriding(results, {
      put: async (writes) => {
        const replies = await results.put(writes);
        writes.forEach((write, index) => {
          if (replies[index]?.stored === true) this.#note(write, healthyForMs());
        });
        return replies;
      },
      delete: async (entries) => {
        await results.delete(entries);
        for (const { id } of entries) this.#latest.delete(id);
      },
    });
  }

  /** Before when no run of this generation may start; epoch ms. */
  notBefore(id: string, generation: number): number {
    return this.#notBefore.get(`${id} ${generation}`) ?? 0;
  }

  outcomesOf(id: string): readonly Written[] {
    return this.written.filter(({ record }) => record.id === id && isFinal(record.status));
  }

  #note({ record, expect }: RecordWrite, healthyForMs: number): void {
    const { id, generation, status, processedAt = 0, finishedAt = 0 } = record;
    const before = this.#latest.get(id);
    const from: JobStatus | 'none' = before?.status ?? 'none';
    const move = illegalMove(from, status, generation > (before?.generation ?? generation));
    if (move) this.chronicle.broken.push(`'${id}' went ${move}`);
    const ranMs = finishedAt - processedAt;
    if (processedAt > 0 && expect === 0 && healthyForMs > ranMs && ranMs > LONGEST_UNRECORDED_MS)
      this.chronicle.broken.push(`rule 12: '${id}' ran for ${ranMs} ms and left no record`);
    this.#latest.set(id, record);
    if (record.retryAt !== undefined) this.#notBefore.set(`${id} ${generation}`, record.retryAt);
    this.written.push({ record, at: this.clock.now() });
  }
}
