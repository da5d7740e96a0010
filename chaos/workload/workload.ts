import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import type { GroupSpec, JobSpec } from '../../lib/core/spec/job-spec.js';
import type { Chance } from '../seed/chance.js';
import { JobDeck, type Temper } from './job-deck.js';
import type { TimedWish, Verb, Wish } from './wish.js';

const EVERY_SECOND = '* * * * * *';

/** Ids that are sent more than once have this in them; they are never deleted, which would make them new. */
export const TWIN = '-twin-';

export interface WorkloadTerms extends Temper {
  /** Names all ids of the seed. */
  readonly name: string;
  readonly wishes: number;
  /** All wishes are made within this time; ms. */
  readonly withinMs: number;
  readonly schedules: number;
  readonly blocking: number;
}

/** What the callers of one seed want, in the order of time. */
export function workload(chance: Chance, terms: WorkloadTerms): TimedWish[] {
  const deck = new JobDeck(chance, terms);
  const dealer = new Dealer(chance, deck, terms.name);
  const anyTime = (): number => chance.between(0, terms.withinMs);
  const early = (wish: Wish): TimedWish => ({ atMs: chance.between(0, 200), wish });
  return [
    ...Array.from({ length: terms.schedules }, (_, index) =>
      early(scheduleWish(deck, `${terms.name}-tick-${index}`)),
    ),
    ...Array.from({ length: terms.blocking }, () =>
      early({ kind: 'jobs', specs: [deck.blocking()] }),
    ),
    ...(terms.poison ? [early({ kind: 'jobs', specs: [deck.poison()] })] : []),
    ...Array.from({ length: terms.wishes }, () => ({ atMs: anyTime(), wish: dealer.any() })),
  ].sort((a, b) => a.atMs - b.atMs);
}

/** A run every second; each of them ends. */
export function scheduleWish(deck: JobDeck, id: string): Wish {
  const spec = deck.plain({ id, schedule: EVERY_SECOND }, { harm: undefined, failures: 0 });
  return { kind: 'schedule', id, spec };
}

class Dealer {
  #owned = 0;
  readonly #twins: JobSpec[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly deck: JobDeck,
    private readonly name: string,
  ) {}

  any(): Wish {
    const { chance } = this;
    const dice = chance.fraction();
    if (dice < 0.45) return { kind: 'jobs', specs: [this.deck.any(this.#ownId())] };
    if (dice < 0.52) return { kind: 'jobs', specs: [this.#twin()] };
    if (dice < 0.6) return { kind: 'jobs', specs: this.#some(2, 10) };
    if (dice < 0.72) return { kind: 'group', spec: this.#group(this.#ownId()) };
    if (dice < 0.85) return { kind: 'chain', spec: this.#chain() };
    const verb = chance.pick<Verb>(['cancel', 'cancel', 'delete', 'retry']);
    return { kind: 'meddle', verb, whom: chance.between(0, 2 ** 30) };
  }

  /** Ids of one's own are rarer than generated ones. */
  #ownId(): string | undefined {
    if (this.chance.flip(0.6)) return undefined;
    this.#owned += 1;
    return `${this.name}-own-${this.#owned}`;
  }

  /** The same job under the same id once more, or a new one that may be sent again later. */
  #twin(): JobSpec {
    const { chance, deck, name } = this;
    const known = chance.flip(0.6) ? chance.pick(this.#twins) : undefined;
    if (known !== undefined) return known;
    const twin = deck.any(`${name}${TWIN}${this.#twins.length}`);
    this.#twins.push(twin);
    return twin;
  }

  #group(id: string | undefined): GroupSpec {
    const { chance, deck } = this;
    const callbacks = () => (chance.flip(0.6) ? [deck.plain({}, { failures: 0 })] : []);
    return group(this.#some(1, 8), {
      ...(id !== undefined && { id }),
      onSuccess: callbacks(),
      onError: callbacks(),
      onComplete: callbacks(),
    });
  }

  #chain(): Extract<Wish, { kind: 'chain' }>['spec'] {
    const { chance, deck } = this;
    const id = this.#ownId();
    const steps = Array.from({ length: chance.between(2, 5) }, () =>
      chance.flip(0.2) ? this.#group(undefined) : deck.plain(),
    );
    const onError = chance.flip(0.6) ? [deck.plain({}, { failures: 0 })] : [];
    return chain(steps, { ...(id !== undefined && { id }), onError });
  }

  #some(least: number, most: number) {
    return Array.from({ length: this.chance.between(least, most) }, () => this.deck.plain());
  }
}
