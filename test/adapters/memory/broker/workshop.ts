import { MemoryBroker } from '../../../../lib/adapters/memory/memory-broker.js';
import type { QueueClaim, WorkReply, WorkRequest } from '../../../../lib/core/ports/broker.js';
import type { Message } from '../../../../lib/core/ports/message.js';
import { ManualClock } from '../../../../lib/testing/manual-clock.js';

export const LEASE_MS = 1_000;

/** A memory broker on a clock that stands still, and short ways to put it to use. */
export class Workshop {
  readonly clock = new ManualClock(1_000_000);
  readonly broker = new MemoryBroker({ clock: this.clock });

  async open(...sessions: readonly string[]): Promise<void> {
    for (const session of sessions)
      await this.broker.open({ session, leaseMs: LEASE_MS, host: 'h', pid: 1, queues: ['q'] });
  }

  enqueue(...messages: readonly (string | (Partial<Message> & { readonly id: string }))[]) {
    return this.broker.enqueue(
      messages.map((fields) => message(typeof fields === 'string' ? { id: fields } : fields)),
    );
  }

  work(session: string, request: Partial<WorkRequest> = {}): Promise<WorkReply> {
    return this.broker.work({
      session,
      settle: [],
      started: [],
      claims: [],
      waitMs: 0,
      ...request,
    });
  }

  /** Claims to start at once; gives the ids. */
  async claim(session: string, slots = 10, queue = 'q'): Promise<string[]> {
    return idsOf(await this.work(session, { claims: [of(queue, slots)] }));
  }

  /** A call that waits, for half a minute unless told otherwise. */
  wait(session: string, ...claims: readonly QueueClaim[]): Promise<WorkReply> {
    return this.work(session, { claims: claims.length > 0 ? claims : [of('q')], waitMs: 30_000 });
  }

  /** Time goes by, in which these sessions beat. */
  async live(ms: number, ...sessions: readonly string[]): Promise<void> {
    for (let passed = 0; passed < ms; passed += LEASE_MS / 4) {
      await this.clock.advance(LEASE_MS / 4);
      for (const session of sessions) await this.broker.beat(session);
    }
  }
}

export function message(fields: Partial<Message> & { readonly id: string }): Message {
  const body = new Uint8Array();
  return { generation: 1, kind: 'job', queue: 'q', priority: 0, fresh: true, body, ...fields };
}

export function of(queue: string, slots = 1, ahead = 0): QueueClaim {
  return { queue, slots, ahead };
}

export function idsOf({ deliveries }: WorkReply): string[] {
  return deliveries.map(({ id }) => id);
}

/** `prefix-0`, `prefix-1`, … */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}
