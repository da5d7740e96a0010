import type { Clock } from './clock.js';
import type { EventBus } from './events.js';
import { bodyOrRaw } from './message/unreadable-body.js';
import type { EnqueueReply, Message } from './ports/broker.js';

/** Tells of accepted jobs, wherever they come from: callers, groups, chains, follow-ups, slots, retries. */
export class Acceptances {
  constructor(
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  tell(messages: readonly Message[], replies: readonly EnqueueReply[]): void {
    if (!this.events.heard) return;
    const now = this.clock.now();
    for (const [index, { id: jobId, kind, queue, body }] of messages.entries()) {
      if (kind !== 'job' || replies[index] === 'known') continue;
      const { task } = bodyOrRaw(body, now);
      const at = new Date(now);
      this.events.emit({ name: 'enqueued', jobId, task, queue, at });
    }
  }
}
