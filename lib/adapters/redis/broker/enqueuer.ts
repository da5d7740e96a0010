import type { EnqueueReply } from '../../../core/ports/broker.js';
import type { Message } from '../../../core/ports/message.js';
import { Packer } from '../scripts/packer.js';
import { Script } from '../scripts/script.js';
import type { BrokerServer } from './broker-server.js';
import { messageValue, packMessage, storable } from './message-value.js';
import type { QueueNumbers } from './queue-numbers.js';
import { integer, list, text } from '../scripts/reply.js';

const enqueueOne = new Script('broker/enqueue-one');
const enqueue = new Script('broker/enqueue');
const enqueueEach = new Script('broker/enqueue-each');

const REPLIES: Readonly<Record<string, EnqueueReply>> = { s: 'stored', k: 'known', r: 'replaced' };
const STORED: EnqueueReply = 'stored';
/** Numbers change when the server has lost its data; again at once, hardly ever. */
const MOST_TRIES = 5;

/** Brings messages to the server: by the short way, if they are jobs that are due and all new. */
export class Enqueuer {
  readonly #packer = new Packer();

  constructor(
    private readonly server: BrokerServer,
    private readonly numbers: QueueNumbers,
  ) {}

  async enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]> {
    if (messages.length === 0) return [];
    const queues = new Set(messages.map(({ queue }) => queue));
    let plain = arePlain(messages);
    for (let turn = 0; turn < MOST_TRIES; turn += 1) {
      await this.numbers.learn(queues);
      const reply = plain
        ? await this.#sendPlain(messages)
        : await this.server.run(enqueueEach, this.#packEach([...queues], messages));
      if (typeof reply === 'number') {
        this.server.time.told(reply);
        return messages.map(() => STORED);
      }
      if (Array.isArray(reply)) return this.#read(reply);
      if (text(reply) === 'known') plain = false;
      else this.numbers.forget();
    }
    throw new Error('the numbers of queues change from call to call');
  }

  #read(reply: readonly unknown[]): readonly EnqueueReply[] {
    const [now, letters] = list(reply);
    this.server.time.told(integer(now));
    return Array.from(text(letters), (letter) => REPLIES[letter] ?? STORED);
  }

  #sendPlain(messages: readonly Message[]): Promise<unknown> {
    const [first] = messages;
    if (first === undefined || messages.length > 1 || first.priority !== 0)
      return this.server.run(enqueue, this.#packPlain(messages));
    const number = this.numbers.of(first.queue);
    const value = messageValue(first, number, this.server.time.now);
    return this.server.run(enqueueOne, first.queue, number, first.id, value);
  }

  #packPlain(messages: readonly Message[]): Buffer {
    const packer = this.#packer;
    const groups = grouped(messages);
    const { now } = this.server.time;
    packer.clear().list(groups.length);
    for (const group of groups) {
      const [{ queue, priority }] = group;
      const number = this.numbers.of(queue);
      packer.list(4).text(queue).text(`${number}`).number(priority);
      packer.list(group.length * 2);
      for (const message of group) {
        packer.text(message.id);
        packMessage(packer, message, number, now);
      }
    }
    return packer.finish();
  }

  #packEach(queues: readonly string[], messages: readonly Message[]): Buffer {
    const packer = this.#packer.clear().list(3).texts(queues);
    packer.texts(queues.map((queue) => `${this.numbers.of(queue)}`));
    packer.list(messages.length);
    for (const message of messages) {
      packer.list(4).text(message.id);
      packMessage(packer, message, this.numbers.of(message.queue), 0);
      if (message.dueAt !== undefined) packer.text('at').number(storable(message.dueAt));
      else packer.text('in').number(Math.max(0, Math.trunc(message.delayMs ?? 0)));
    }
    return packer.finish();
  }
}

/** Jobs that are due at once, each id only once. */
function arePlain(messages: readonly Message[]): boolean {
  const due = ({ kind, dueAt, delayMs = 0 }: Message): boolean =>
    kind === 'job' && dueAt === undefined && delayMs <= 0;
  return messages.every(due) && new Set(messages.map(({ id }) => id)).size === messages.length;
}

/** By queue and priority, in their order. */
function grouped(messages: readonly Message[]): readonly (readonly [Message, ...Message[]])[] {
  const groups = new Map<string, Map<number, [Message, ...Message[]]>>();
  for (const message of messages) {
    const ofQueue = groups.get(message.queue) ?? new Map<number, [Message, ...Message[]]>();
    groups.set(message.queue, ofQueue);
    const group = ofQueue.get(message.priority);
    if (group) group.push(message);
    else ofQueue.set(message.priority, [message]);
  }
  return [...groups.values()].flatMap((ofQueue) => [...ofQueue.values()]);
}
