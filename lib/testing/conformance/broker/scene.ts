import assert from 'node:assert/strict';
import type { Broker, EnqueueReply } from '../../../core/ports/broker.js';
import type { Message, StoredMessage } from '../../../core/ports/message.js';
import type { SessionInfo } from '../../../core/ports/session-info.js';
import type { BrokerWorld } from './broker-world.js';
import { QUEUE, Worker } from './worker.js';

/** Short, because a real server lets it really pass; long enough for a slow machine to beat within. */
export const LEASE_MS = 400;
/** Longer than a lease, by enough to be sure. */
export const LAPSE_MS = LEASE_MS * 1.5;
/** How often a worker shows itself while it lives. */
const BEAT_MS = LEASE_MS / 4;
/** A generation above all that the cases use. */
const LATEST = 1_000;
/** What ought to happen at once has this long. */
const SOON_MS = 3_000;
const LOOK_AGAIN_MS = 20;

export type State = StoredMessage['state'];

/** A world in which a case plays, and the words in which it is told. */
export class Scene {
  readonly broker: Broker;
  readonly #clients: Broker[] = [];
  #workers = 0;

  constructor(private readonly world: BrokerWorld) {
    this.broker = world.broker;
  }

  async begin(): Promise<void> {
    await this.#connect(this.broker);
  }

  async end(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.world.dispose();
  }

  /** Whether the first delivery of a message can be told from a later one. */
  get isSure(): boolean {
    return this.world.doubtsAll !== true;
  }

  /** Another client of the same server. */
  async another(): Promise<Broker> {
    return this.#connect(await this.world.another());
  }

  pass(ms: number): Promise<void> {
    return this.world.pass(ms);
  }

  /** A job for `QUEUE`, due at once, whose body is its id: where `fields` does not say otherwise. */
  message(fields: Partial<Message> & { readonly id: string }): Message {
    return {
      generation: 1,
      kind: 'job',
      queue: QUEUE,
      priority: 0,
      fresh: false,
      body: bytes(fields.id),
      ...fields,
    };
  }

  async enqueue(
    ...messages: readonly (string | (Partial<Message> & { readonly id: string }))[]
  ): Promise<readonly EnqueueReply[]> {
    const replies = await this.broker.enqueue(
      messages.map((fields) => this.message(typeof fields === 'string' ? { id: fields } : fields)),
    );
    await this.world.caughtUp?.();
    return replies;
  }

  /** Removes these ids, whatever their generation. */
  remove(...ids: readonly string[]): Promise<readonly boolean[]> {
    return this.broker.remove(ids.map((id) => ({ id, generation: LATEST })));
  }

  /** Opens a session that works on `QUEUE`. */
  async worker(fields: Partial<SessionInfo> = {}, broker = this.broker): Promise<Worker> {
    const worker = new Worker(broker, this.sessionInfo(fields));
    await broker.open(worker.info);
    return worker;
  }

  sessionInfo(fields: Partial<SessionInfo> = {}): SessionInfo {
    this.#workers += 1;
    const session = `worker-${this.#workers}`;
    return { session, leaseMs: LEASE_MS, host: 'host', pid: 7, queues: [QUEUE], ...fields };
  }

  /** How these messages stand; undefined for those that are not there. */
  async states(...ids: readonly string[]): Promise<readonly (State | undefined)[]> {
    return (await this.broker.find(ids)).map((message) => message?.state);
  }

  async found(id: string): Promise<StoredMessage> {
    const [message] = await this.broker.find([id]);
    assert.ok(message, `'${id}' is not there`);
    return message;
  }

  /** Time goes by in which these workers beat, the last time at its end. */
  async live(ms: number, ...workers: readonly Worker[]): Promise<void> {
    for (let passed = 0; passed < ms; passed += BEAT_MS) {
      await this.pass(Math.min(BEAT_MS, ms - passed));
      for (const worker of workers) await worker.beat();
    }
  }

  /** What the promise gives; fails if it takes long. */
  async soon<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const settle = (): void => void (settled = true);
    promise.then(settle, settle);
    await this.eventually(() => settled);
    return promise;
  }

  /** Resolves once the condition holds; fails if it takes long. */
  async eventually(condition: () => boolean): Promise<void> {
    for (let passed = 0; !condition() && passed < SOON_MS; passed += LOOK_AGAIN_MS)
      await this.pass(passed === 0 ? 0 : LOOK_AGAIN_MS);
    assert.ok(condition(), `it did not happen within ${SOON_MS} ms`);
  }

  async #connect(client: Broker): Promise<Broker> {
    await client.connect();
    this.#clients.push(client);
    return client;
  }
}

export function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

export function text(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

/** What a part of the suite says, each as a sentence with its proof. */
export type BrokerCases = Readonly<Record<string, (scene: Scene) => Promise<void>>>;
