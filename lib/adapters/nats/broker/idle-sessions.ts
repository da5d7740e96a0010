import type { Subscription } from 'nats';
import type { Ground } from './ground.js';

/** Who waits less than this is not idle: nothing is said of it. */
const IDLE_AFTER_MS = 20;

interface IdleNotice {
  readonly session: string;
  readonly queues: readonly string[];
  /** How long it will wait at most; 0: it does not wait any more. */
  readonly forMs: number;
}

/** Which sessions wait on which queues with nothing to do. Told by notices; nothing depends on them. */
export class IdleSessions {
  /** By queue and session: until when, in elapsed ms. */
  readonly #until = new Map<string, Map<string, number>>();
  #subscription: Subscription | undefined;

  constructor(private readonly ground: Ground) {}

  start(): void {
    const { link, layout } = this.ground;
    this.#subscription = link.connection.subscribe(layout.notice('idle'), {
      callback: (error, msg) => {
        if (error === null) this.#hear(msg.json<IdleNotice>());
      },
    });
  }

  stop(): void {
    this.#subscription?.unsubscribe();
  }

  /** Queues among these on which another session waits. */
  wanted(session: string, queues: readonly string[]): readonly string[] {
    const now = performance.now();
    return queues.filter((queue) => {
      for (const [name, until] of this.#until.get(queue) ?? [])
        if (name !== session && until > now) return true;
      return false;
    });
  }

  /** Tells that a session waits, once it has done so for a while, until the returned function is called. */
  waits(session: string, queues: readonly string[], forMs: number): () => void {
    let told = false;
    const timer = setTimeout(() => {
      told = true;
      this.#tell({ session, queues, forMs });
    }, IDLE_AFTER_MS).unref();
    return () => {
      clearTimeout(timer);
      if (told) this.#tell({ session, queues, forMs: 0 });
    };
  }

  #tell(notice: IdleNotice): void {
    const { link, layout } = this.ground;
    link.exchange.tell(layout.notice('idle'), Buffer.from(JSON.stringify(notice)));
  }

  #hear({ session, queues, forMs }: IdleNotice): void {
    for (const queue of queues) {
      const sessions = this.#until.get(queue) ?? new Map<string, number>();
      if (forMs > 0) this.#until.set(queue, sessions.set(session, performance.now() + forMs));
      else if (sessions.delete(session) && sessions.size === 0) this.#until.delete(queue);
    }
  }
}
