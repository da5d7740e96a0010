import type { Broker, Delivery, WorkRequest } from '../../../lib/core/ports/broker.js';
import type { Clock } from '../../../lib/core/clock.js';
import { overriding } from '../../support/engine/overriding.js';
import type { Chronicle, Given } from './chronicle.js';
import { SessionBook } from './session-book.js';

/** Sees, on the server's side, what each machine is given, and who declares whom dead. */
export class BrokerWatch {
  readonly sessions: SessionBook;
  /** The latest delivery of each id to each machine. */
  readonly #latest = new Map<string, Given>();

  constructor(
    private readonly broker: Broker,
    private readonly clock: Clock,
    private readonly chronicle: Chronicle,
  ) {
    this.sessions = new SessionBook(clock);
  }

  latest(machine: string, id: string): Given | undefined {
    return this.#latest.get(`${machine} ${id}`);
  }

  /** The broker, as this machine uses it. */
  of(machine: string): Broker {
    const { broker, sessions } = this;
    return overriding(broker, {
      open: async (info) => {
        await broker.open(info);
        sessions.opened(info.session, machine, info.leaseMs);
      },
      work: async (request) => {
        sessions.contact(request.session);
        const reply = await broker.work(request);
        this.#count(request.started);
        this.#give(machine, request, reply.deliveries);
        return reply;
      },
      beat: async (session) => {
        sessions.contact(session);
        const reply = await broker.beat(session);
        const live = (await broker.inspect.sessions()).map((one) => one.session);
        this.chronicle.broken.push(...sessions.sweptBy(session, live));
        return reply;
      },
      reclaim: async (request) => {
        sessions.ended(request.from);
        const kept = await broker.reclaim(request);
        sessions.opened(request.to.session, machine, request.to.leaseMs);
        return kept;
      },
      leave: async (session) => {
        sessions.ended(session);
        await broker.leave(session);
      },
    });
  }

  #count(receipts: readonly string[]): void {
    for (const given of this.chronicle.given)
      if (receipts.includes(given.receipt)) given.counted = true;
  }

  #give(machine: string, { session, claims }: WorkRequest, deliveries: readonly Delivery[]): void {
    const slots = new Map(claims.map((claim) => [claim.queue, claim.slots]));
    for (const { id, generation, receipt, crashes, queue } of deliveries) {
      const free = slots.get(queue) ?? 0;
      slots.set(queue, free - 1);
      const counted = free > 0;
      const at = this.clock.now();
      const given = { id, generation, machine, session, receipt, at, crashes, counted };
      this.chronicle.given.push(given);
      this.#latest.set(`${machine} ${id}`, given);
    }
  }
}
