import type { EnqueueReply } from '../../../core/ports/broker.js';
import type { Message } from '../../../core/ports/message.js';
import { CLAIMED, Entry, STARTED } from './entry.js';
import { IdIndex } from '../id-index.js';
import { MessageQueue } from './message-queue.js';

/** All messages: by id, by queue, and the schedules apart. */
export class Messages {
  readonly #byId = new IdIndex<Entry>();
  readonly #queues = new Map<string, MessageQueue>();
  readonly #schedules = new Map<string, Entry>();
  /** Queues that something was put into, until they are looked at. */
  #filled: MessageQueue[] = [];
  #order = 0;

  /** `onTaken` is told of a message that is removed or replaced while a session has it. */
  constructor(private readonly onTaken: (entry: Entry) => void) {}

  get(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /** The same, after what is due by now has come to wait in its queue. */
  find(id: string, now: number): Entry | undefined {
    const entry = this.#byId.get(id);
    if (entry !== undefined) this.queue(entry.queue)?.promote(now);
    return entry;
  }

  /** Undefined for a queue that holds nothing and is not paused. */
  queue(name: string): MessageQueue | undefined {
    return this.#queues.get(name);
  }

  queues(): Iterable<MessageQueue> {
    return this.#queues.values();
  }

  schedules(): Iterable<Entry> {
    return this.#schedules.values();
  }

  enqueue(message: Message, now: number): EnqueueReply {
    const old = this.#byId.get(message.id);
    if (old !== undefined && !replaces(message, old)) return 'known';
    if (old !== undefined) this.remove(old);
    const queue = this.#open(message.queue);
    const entry = new Entry(message, queue.name, message.dueAt ?? now + (message.delayMs ?? 0));
    this.#byId.set(entry);
    if (entry.kind === 'schedule') this.#schedules.set(entry.id, entry);
    queue.add(entry, now);
    this.#fill(queue);
    return old === undefined ? 'stored' : 'replaced';
  }

  /** Takes a message away, also from the session that has it. */
  remove(entry: Entry): void {
    if (entry.state === CLAIMED || entry.state === STARTED) this.onTaken(entry);
    this.drop(entry);
  }

  /** A message goes for good. */
  drop(entry: Entry): void {
    this.#byId.delete(entry.id);
    if (entry.kind === 'schedule') this.#schedules.delete(entry.id);
    const queue = this.#open(entry.queue);
    queue.drop(entry);
    this.#forget(queue);
  }

  /** A session has begun with a message that it had read ahead. */
  start(entry: Entry): void {
    this.#open(entry.queue).start(entry);
  }

  /** A message whose claim has ended comes back at `dueAt`. */
  retry(entry: Entry, dueAt: number, now: number): void {
    entry.dueAt = dueAt;
    entry.past = 'given';
    const queue = this.#open(entry.queue);
    queue.retry(entry, now);
    this.#fill(queue);
  }

  /** A message whose claim has ended comes back in front, in its old order. */
  release(entry: Entry): void {
    const queue = this.#open(entry.queue);
    queue.release(entry);
    this.#fill(queue);
  }

  pause(name: string, paused: boolean): void {
    const queue = this.#open(name);
    queue.paused = paused;
    this.#fill(queue);
    this.#forget(queue);
  }

  /** Queues that may have something to give, or to wait for, since this was last asked. */
  takeFilled(): readonly MessageQueue[] {
    const filled = this.#filled;
    if (filled.length > 0) this.#filled = [];
    return filled;
  }

  #fill(queue: MessageQueue): void {
    if (this.#filled.at(-1) !== queue) this.#filled.push(queue);
  }

  #open(name: string): MessageQueue {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const queue = new MessageQueue(name, () => (this.#order += 1));
    this.#queues.set(name, queue);
    return queue;
  }

  #forget(queue: MessageQueue): void {
    if (queue.empty && !queue.paused) this.#queues.delete(queue.name);
  }
}

function replaces(message: Message, old: Entry): boolean {
  if (message.generation > old.generation) return true;
  return message.kind === 'schedule' && old.kind === 'schedule';
}
