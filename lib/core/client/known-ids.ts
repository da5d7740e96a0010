import type { Message } from '../ports/message.js';
import type { StoredRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { Gate } from './gate.js';

/** What is known of an own id before it is enqueued. */
export type KnownId =
  | { readonly known: true }
  /** Free; after a deletion it takes the next generation (rule 6). */
  | { readonly known: false; readonly generation: number };

const NONE: ReadonlyMap<string, KnownId> = new Map();
const NOBODY: ReadonlySet<Message> = new Set();

/**
 * One id space for jobs, schedules, groups and chains: a known id is not overwritten. The broker tells
 * of what waits when the message is enqueued; this tells of what has begun or ended.
 */
export class KnownIds {
  constructor(
    private readonly results: Results,
    private readonly gate: Gate,
  ) {}

  async lookUp(ids: readonly string[]): Promise<ReadonlyMap<string, KnownId>> {
    if (ids.length === 0) return NONE;
    await this.gate.pass(() => ids);
    const found = await this.results.get(ids);
    return new Map(ids.map((id, index): [string, KnownId] => [id, knownId(found[index]?.record)]));
  }

  /**
   * Those among accepted messages whose id was taken all the same: by a job, group or chain that was
   * enqueued before, and ended between the look at the results and the broker's answer. They are
   * accepted: results that cannot be asked now change nothing about it.
   */
  async overtaken(accepted: readonly Message[]): Promise<ReadonlySet<Message>> {
    if (accepted.length === 0) return NOBODY;
    const found = await this.results.get(accepted.map(({ id }) => id)).catch(() => []);
    return new Set(accepted.filter((message, index) => isOfAnother(found[index]?.record, message)));
  }
}

/** The record may be of this very message, which may have run by now. */
function isOfAnother(record: StoredRecord | undefined, { body }: Message): boolean {
  return record !== undefined && 'body' in record && Buffer.compare(record.body, body) !== 0;
}

function knownId(record: StoredRecord | undefined): KnownId {
  if (record === undefined) return { known: false, generation: 1 };
  return record.kind === 'tombstone'
    ? { known: false, generation: record.generation + 1 }
    : { known: true };
}
