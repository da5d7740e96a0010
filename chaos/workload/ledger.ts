import type { ChainSpec, GroupSpec, JobSpec } from '../../lib/core/spec/job-spec.js';
import type { Verb } from './wish.js';

/** Something that was asked to be accepted under an id. Instants are real time, epoch ms. */
export interface Life {
  readonly id: string;
  readonly what:
    | { readonly kind: 'job'; readonly spec: JobSpec }
    | { readonly kind: 'group'; readonly spec: GroupSpec }
    | { readonly kind: 'chain'; readonly spec: ChainSpec }
    | { readonly kind: 'schedule'; readonly spec: JobSpec };
  readonly askedAt: number;
  /** Undefined as long as nobody has confirmed it. */
  acceptedAt?: number | undefined;
}

/** Something that a caller did to a job, group or chain. */
export interface Act {
  readonly verb: Verb;
  readonly askedAt: number;
  /** Undefined as long as nobody has answered; it may have taken effect. */
  answeredAt?: number | undefined;
  /** What was answered: it was done, there was nothing to do, or it was refused. */
  answer?: 'done' | 'nothing' | 'refused' | undefined;
}

/** What callers know of what they did: the promises that are looked into afterwards. */
export class Ledger {
  readonly lives = new Map<string, Life>();
  readonly #acts = new Map<string, Act[]>();

  /** An id that is asked for again stays what it was at first. */
  ask(id: string, what: Life['what'], askedAt: number): Life {
    const known = this.lives.get(id);
    if (known !== undefined) return known;
    const life: Life = { id, what, askedAt };
    this.lives.set(id, life);
    return life;
  }

  act(id: string, verb: Verb, askedAt: number): Act {
    const act: Act = { verb, askedAt };
    this.#acts.set(id, [...this.actsOn(id), act]);
    return act;
  }

  actsOn(id: string): readonly Act[] {
    return this.#acts.get(id) ?? [];
  }

  /** All that was done, by whom it was done to. */
  meddled(): IterableIterator<[string, readonly Act[]]> {
    return this.#acts.entries();
  }
}
