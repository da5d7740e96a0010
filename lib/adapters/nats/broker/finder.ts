import type { StoredMessage } from '../../../core/ports/message.js';
import type { Claim } from './claim.js';
import type { Ground } from './ground.js';
import type { Ledgers } from './ledgers.js';
import { messageOf } from './listing.js';
import { stateOf } from './record.js';
import type { Records } from './records.js';
import type { Removal } from './removal.js';

/** Finds messages by id, as they stand. */
export class Finder {
  constructor(
    private readonly ground: Ground,
    private readonly records: Records,
    private readonly removal: Removal,
    private readonly ledgers: Ledgers,
  ) {}

  async find(ids: readonly string[]): Promise<readonly (StoredMessage | undefined)[]> {
    if (ids.length === 0) return [];
    // Claims first: a message that is settled meanwhile is not there any more, rather than waiting.
    const ledgers = await this.ledgers.all();
    const claims = new Map<string, Claim[]>();
    for (const claim of ledgers.flatMap((ledger) => ledger.claims))
      claims.set(claim.id, [...(claims.get(claim.id) ?? []), claim]);
    return Promise.all(ids.map((id) => this.#find(id, claims.get(id) ?? [])));
  }

  async #find(id: string, claims: readonly Claim[]): Promise<StoredMessage | undefined> {
    const record = await this.records.get(id);
    if (record !== undefined) {
      const claim = claims.find(({ revision }) => revision === record.revision);
      return messageOf(record, claim ? claimed(claim) : stateOf(record, this.ground.clock.now()));
    }
    const whole = await this.removal.findWhole(id);
    if (whole === undefined) return undefined;
    const { level, sequence, dueAt, body } = whole;
    const claim = claims.find((one) => one.sequence === sequence && one.levelKey === level.key);
    const { queue, priority } = level;
    const state = claim ? claimed(claim) : 'waiting';
    return { id, generation: 1, kind: 'job', queue, priority, state, dueAt, crashes: 0, body };
  }
}

function claimed({ started }: Claim): 'started' | 'claimed' {
  return started ? 'started' : 'claimed';
}
