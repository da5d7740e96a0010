import { MemoryBroker } from '../../adapters/memory/memory-broker.js';
import type { Clock } from '../../core/clock.js';
import type {
  Broker,
  EnqueueReply,
  Message,
  ReclaimRequest,
  StoredMessage,
  WorkReply,
  WorkRequest,
} from '../../core/ports/broker.js';
import type { TasqueueRunner } from '../../core/worker/tasqueue-runner.js';
import type { Changes } from './changes.js';
import { Journal } from './journal.js';

/** The memory broker, with a journal of what it accepts, and a bell for every message that moves on. */
export class TestBroker extends MemoryBroker {
  readonly journal = new Journal();
  /** Those of the instances that share it. */
  readonly runners: TasqueueRunner[] = [];

  /** Of plans and schedules: what a broker counts and lists are jobs alone. */
  readonly #controlIds = new Set<string>();

  constructor(
    private readonly time: Clock,
    private readonly changes: Changes,
  ) {
    super({ clock: time });
  }

  override async enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]> {
    const replies = await super.enqueue(messages);
    const now = this.time.now();
    messages.forEach((message, index) => {
      if (message.kind !== 'job') this.#controlIds.add(message.id);
      if (replies[index] !== 'known') this.journal.note(message, now);
    });
    return replies;
  }

  /** The plans and schedules that are there. */
  async controls(): Promise<StoredMessage[]> {
    const ids = [...this.#controlIds];
    const found = await this.find(ids);
    ids.forEach((id, index) => {
      if (found[index] === undefined) this.#controlIds.delete(id);
    });
    return found.filter((message) => message !== undefined);
  }

  override work(request: WorkRequest): Promise<WorkReply> {
    // What it settles is settled at once; its answer may take as long as it waits.
    return this.#rung(super.work(request));
  }

  override remove(...call: Parameters<Broker['remove']>): ReturnType<Broker['remove']> {
    return this.#rung(super.remove(...call));
  }

  override reclaim(request: ReclaimRequest): Promise<readonly string[]> {
    return this.#rung(super.reclaim(request));
  }

  override leave(session: string): Promise<void> {
    return this.#rung(super.leave(session));
  }

  override pause(queue: string, paused: boolean): Promise<void> {
    return this.#rung(super.pause(queue, paused));
  }

  #rung<T>(call: Promise<T>): Promise<T> {
    this.changes.ring();
    return call;
  }
}
