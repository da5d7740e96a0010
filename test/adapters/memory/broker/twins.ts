import { MemoryBroker } from '../../../../lib/adapters/memory/memory-broker.js';
import type { Clock } from '../../../../lib/core/clock.js';
import { LeaseLostError } from '../../../../lib/core/errors.js';
import type { Delivery, Settlement } from '../../../../lib/core/ports/broker.js';
import { LEASE_MS, NaiveBroker } from './naive-broker.js';
import { QUEUES, type Step } from './steps.js';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/** What the broker told of a step, and what its model tells of the same. */
export type Told = readonly [actual: unknown, expected: unknown];

const NOTHING: Told = [undefined, undefined];

/** A memory broker and the plainest model of one, which live through the same. */
export class Twins {
  readonly #model = new NaiveBroker();
  readonly #receipts = new Map<string, string>();
  readonly #broker: MemoryBroker;

  constructor() {
    const now = (): number => this.#model.now;
    const clock: Clock = { now, elapsed: now, timer: () => () => undefined };
    this.#broker = new MemoryBroker({ clock });
  }

  /** Both do it, and look at all that there is. */
  async run(step: Step): Promise<Told> {
    const [actual, expected] = await this.#do(step);
    return [
      [actual, await this.#messages(), await this.#queues()],
      [expected, this.#modelMessages(), QUEUES.map((name) => this.#modelQueue(name))],
    ];
  }

  async #do(step: Step): Promise<Told> {
    if (step.kind === 'tick') return this.#tick(step.ms);
    if (step.kind === 'enqueue')
      return [
        await this.#broker.enqueue(step.messages),
        step.messages.map((message) => this.#model.enqueue(message)),
      ];
    if (step.kind === 'remove')
      return [await this.#broker.remove([step.key]), [this.#model.remove(step.key)]];
    if (step.kind === 'pause') return this.#pause(step);
    if (step.kind === 'open') return this.#open(step.session);
    if (step.kind === 'leave') return this.#leave(step.session);
    if (step.kind === 'reclaim') return this.#reclaim(step);
    return this.#live(step);
  }

  #tick(ms: number): Told {
    this.#model.now += ms;
    return NOTHING;
  }

  async #pause({ queue, paused }: StepOf<'pause'>): Promise<Told> {
    if (paused) this.#model.paused.add(queue);
    else this.#model.paused.delete(queue);
    await this.#broker.pause(queue, paused);
    return NOTHING;
  }

  async #open(session: string): Promise<Told> {
    if (!this.#model.extend(session)) this.#model.open(session);
    await this.#broker.open(info(session));
    return NOTHING;
  }

  async #leave(session: string): Promise<Told> {
    this.#model.leave(session);
    await this.#broker.leave(session);
    return NOTHING;
  }

  async #reclaim({ session: from, to, keep }: StepOf<'reclaim'>): Promise<Told> {
    if (from === to || this.#model.sessions.has(to)) return NOTHING;
    const moved = this.#model.held(from).slice(0, keep);
    for (const kept of moved) kept.holder = to;
    this.#model.leave(from);
    this.#model.open(to);
    const receipts = moved.map(({ id }) => this.#receiptOf(id));
    return [await this.#broker.reclaim({ from, to: info(to), receipts }), receipts];
  }

  /** What only a live session may do. */
  async #live(step: StepOf<'beat' | 'claim' | 'settle'>): Promise<Told> {
    if (!this.#model.extend(step.session)) {
      const refusal: unknown = await this.#broker
        .beat(step.session)
        .catch((error: unknown) => error);
      return [refusal instanceof LeaseLostError, true];
    }
    if (step.kind === 'claim') return this.#claim(step);
    if (step.kind === 'settle') return this.#settle(step);
    this.#model.sweep(step.session);
    return [(await this.#broker.beat(step.session)).now, this.#model.now];
  }

  async #claim({ session, queue, slots, ahead }: StepOf<'claim'>): Promise<Told> {
    const { deliveries } = await this.#broker.work({
      session,
      settle: [],
      started: [],
      claims: [{ queue, slots, ahead }],
      waitMs: 0,
    });
    for (const { id, receipt } of deliveries) this.#receipts.set(id, receipt);
    const expected = this.#model.claim(session, queue, slots, ahead);
    return [
      deliveries.map(told),
      expected.map(({ id, dueAt, crashes, fresh, given }) => ({
        id,
        dueAt,
        crashes,
        fresh: fresh && !given,
        redelivered: given,
      })),
    ];
  }

  async #settle(step: StepOf<'settle'>): Promise<Told> {
    const held = this.#model.held(step.session);
    const kept = held[step.which % held.length];
    const receipt = kept ? this.#receiptOf(kept.id) : 'nothing';
    const settle = settlementsOf(step, receipt);
    const { lost } = await this.#broker.work({
      session: step.session,
      settle,
      started: step.how === 'start' ? [receipt] : [],
      claims: [],
      waitMs: 0,
    });
    if (kept) this.#settleModel(step, kept);
    return [lost, kept ? [] : settle.map(() => 'nothing')];
  }

  #settleModel(
    { how, delayMs }: StepOf<'settle'>,
    kept: ReturnType<NaiveBroker['all']>[number],
  ): void {
    if (how === 'start') kept.state = 'started';
    else if (how === 'ack') this.#model.remove(kept);
    else if (how === 'retry') this.#model.retry(kept, delayMs);
    else this.#model.release(kept, how === 'release');
  }

  async #messages(): Promise<unknown> {
    const found = await this.#broker.find(this.#model.all().map(({ id }) => id));
    return found.map((message) => message && [message.id, message.state, message.dueAt]);
  }

  #modelMessages(): unknown {
    return this.#model.all().map(({ id, state, dueAt }) => [id, state, dueAt]);
  }

  #queues(): Promise<unknown> {
    return Promise.all(
      QUEUES.map(async (name) => {
        const { workers: _, ...counts } = await this.#broker.inspect.counts(name);
        const waiting = await this.#walk(name, 'waiting');
        return { ...counts, listed: [waiting, await this.#walk(name, 'delayed')] };
      }),
    );
  }

  #modelQueue(name: string): unknown {
    const counted = this.#model.all().filter(({ queue, kind }) => queue === name && kind === 'job');
    const inState = (state: string) => counted.filter((kept) => kept.state === state);
    const dueAts = inState('waiting').map(({ dueAt }) => dueAt);
    const lists = [this.#model.waiting(name), this.#model.delayed(name)];
    return {
      waiting: dueAts.length,
      delayed: inState('delayed').length,
      retrying: inState('retrying').length,
      claimed: inState('claimed').length,
      started: inState('started').length,
      oldestDueAt: dueAts.length > 0 ? Math.min(...dueAts) : undefined,
      paused: this.#model.paused.has(name),
      listed: lists.map((list) => list.filter(({ kind }) => kind === 'job').map(({ id }) => id)),
    };
  }

  async #walk(name: string, state: 'waiting' | 'delayed'): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#broker.inspect.page(name, state, { cursor, limit: 4 });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    return ids;
  }

  #receiptOf(id: string): string {
    return this.#receipts.get(id) ?? 'never given';
  }
}

const info = (session: string) => ({
  session,
  leaseMs: LEASE_MS,
  host: 'h',
  pid: 1,
  queues: QUEUES,
});

const told = ({ id, dueAt, crashes, fresh, redelivered }: Delivery) => ({
  id,
  dueAt,
  crashes,
  fresh,
  redelivered,
});

function settlementsOf({ how, delayMs }: StepOf<'settle'>, receipt: string): Settlement[] {
  if (how === 'start') return [];
  if (how === 'ack') return [{ kind: 'ack', receipt }];
  if (how === 'retry') return [{ kind: 'retry', receipt, delayMs }];
  return [{ kind: 'release', receipt, started: how === 'release' }];
}
