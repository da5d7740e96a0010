import type { TasqueueClient } from '../../lib/core/client/tasqueue-client.js';
import {
  BrokerUnavailableError,
  InvalidStateError,
  NotFoundError,
  ResultsUnavailableError,
} from '../../lib/core/errors.js';
import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import type { ChainSpec, GroupSpec, JobSpec } from '../../lib/core/spec/job-spec.js';
import { job } from '../../lib/core/spec/job.js';
import { memberId } from '../../lib/core/workflow/job-ids.js';
import { realNow } from '../worker/journal.js';
import type { Act, Ledger, Life } from './ledger.js';
import type { Verb, Wish } from './wish.js';
import { TWIN } from './workload.js';

/** Makes wishes come true, as far as the stores answer, and notes in the ledger what they said. */
export class Producer {
  constructor(
    private readonly client: TasqueueClient,
    private readonly ledger: Ledger,
    private readonly now: () => number = realNow,
  ) {}

  async fulfil(wish: Wish): Promise<void> {
    if (wish.kind === 'jobs') return this.#jobs(wish.specs);
    if (wish.kind === 'meddle') return this.#meddle(wish.verb, wish.whom);
    if (wish.kind === 'group') return this.#plan({ kind: 'group', spec: wish.spec });
    if (wish.kind === 'chain') return this.#plan({ kind: 'chain', spec: wish.spec });
    const life = this.ledger.ask(wish.id, { kind: 'schedule', spec: wish.spec }, this.now());
    await this.#accepting([life], () => this.client.enqueue(wish.spec));
  }

  /** Asks once more for all that nobody has confirmed, as `BrokerUnavailableError` says is safe. */
  async insist(): Promise<void> {
    for (const life of this.ledger.lives.values())
      if (life.acceptedAt === undefined)
        await this.#accepting([life], () => this.#send(life.id, life.what));
    for (const [id, acts] of this.ledger.meddled())
      for (const act of acts) if (act.answeredAt === undefined) await this.#perform(id, act);
  }

  async #jobs(specs: readonly JobSpec[]): Promise<void> {
    const askedAt = this.now();
    try {
      const [first] = specs;
      const handles =
        first !== undefined && specs.length === 1
          ? [await this.client.enqueue(first)]
          : await this.client.enqueueMany(specs);
      for (const [index, { id }] of handles.entries()) {
        const spec = specs[index];
        if (spec) this.ledger.ask(id, { kind: 'job', spec }, askedAt).acceptedAt ??= this.now();
      }
    } catch (error) {
      const ids = idsOf(error, specs);
      for (const [index, spec] of specs.entries())
        if (ids[index] !== undefined) this.ledger.ask(ids[index], { kind: 'job', spec }, askedAt);
    }
  }

  async #plan(what: Extract<Life['what'], { kind: 'group' | 'chain' }>): Promise<void> {
    const askedAt = this.now();
    try {
      const { id } = await this.#send(undefined, what);
      this.ledger.ask(id, what, askedAt).acceptedAt = this.now();
    } catch (error) {
      const [id] = idsOf(error, []);
      if (id !== undefined) this.ledger.ask(what.spec.id ?? id, what, askedAt);
    }
  }

  #send(id: string | undefined, what: Life['what']): Promise<{ readonly id: string }> {
    if (what.kind === 'group') return this.client.enqueueGroup(groupAs(what.spec, id));
    if (what.kind === 'chain') return this.client.enqueueChain(chainAs(what.spec, id));
    const { task, payload, options } = what.spec;
    const spec = id === undefined ? what.spec : job(task, payload, { ...options, id });
    return this.client.enqueue(spec);
  }

  async #accepting(lives: readonly Life[], send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
      for (const life of lives) life.acceptedAt = this.now();
    } catch (error) {
      if (!isAway(error)) throw error;
    }
  }

  async #meddle(verb: Verb, whom: number): Promise<void> {
    const targets = [...this.ledger.lives.values()].flatMap(targetsOf);
    const id = targets[whom % targets.length];
    if (id === undefined || (verb === 'delete' && id.includes(TWIN))) return;
    await this.#perform(id, this.ledger.act(id, verb, this.now()));
  }

  async #perform(id: string, act: Act): Promise<void> {
    const { client } = this;
    try {
      if (act.verb === 'cancel') act.answer = (await client.cancel(id)) ? 'done' : 'nothing';
      else {
        await (act.verb === 'delete' ? client.deleteJob(id) : client.retry(id));
        act.answer = 'done';
      }
    } catch (error) {
      if (isAway(error)) return;
      if (!(error instanceof NotFoundError) && !(error instanceof InvalidStateError)) throw error;
      act.answer = 'refused';
    }
    act.answeredAt = this.now();
  }
}

/** The ids of what may or may not have been accepted; of jobs with ids of their own also where none was sent. */
function idsOf(error: unknown, specs: readonly JobSpec[]): readonly (string | undefined)[] {
  if (!isAway(error)) throw error;
  const named = error instanceof BrokerUnavailableError ? error.ids : [];
  return named.length > 0 ? named : specs.map(({ options }) => options.id);
}

function isAway(error: unknown): boolean {
  return error instanceof BrokerUnavailableError || error instanceof ResultsUnavailableError;
}

function targetsOf({ id, what, acceptedAt }: Life): string[] {
  if (acceptedAt === undefined || what.kind === 'schedule') return [];
  if (what.kind !== 'group') return [id];
  return [id, ...what.spec.members.map((_, index) => memberId(id, index))];
}

function groupAs(spec: GroupSpec, id: string | undefined): GroupSpec {
  const { members, onSuccess, onError, onComplete } = spec;
  return id === undefined ? spec : group(members, { id, onSuccess, onError, onComplete });
}

function chainAs(spec: ChainSpec, id: string | undefined): ChainSpec {
  return id === undefined ? spec : chain(spec.steps, { id, onError: spec.onError });
}
