import { crashDelayMs } from '../../../../lib/core/lease.js';
import type { Message, MessageKey, StoredMessage } from '../../../../lib/core/ports/message.js';

export const LEASE_MS = 100;

interface Kept extends Pick<Message, 'id' | 'generation' | 'kind' | 'queue' | 'priority'> {
  state: StoredMessage['state'];
  dueAt: number;
  /** When it became, or becomes, one of those that wait. */
  lineAt: number;
  seq: number;
  crashes: number;
  given: boolean;
  fresh: boolean;
  holder?: string;
}

interface Lease {
  aliveSince: number;
  beatAt: number;
}

/** What the port says, in the plainest code: one array, sorted whenever somebody asks. */
export class NaiveBroker {
  now = 0;
  readonly sessions = new Map<string, Lease>();
  readonly paused = new Set<string>();
  #all: Kept[] = [];
  #seq = 0;

  enqueue(message: Message): string {
    const old = this.get(message.id);
    const replaces =
      old === undefined ||
      message.generation > old.generation ||
      (old.kind === 'schedule' && message.kind === 'schedule');
    if (!replaces) return 'known';
    if (old !== undefined) this.remove(old);
    const { id, generation, kind, queue, priority, fresh } = message;
    const kept = { id, generation, kind, queue, priority, fresh, given: false, crashes: 0 };
    const dueAt = message.dueAt ?? this.now + (message.delayMs ?? 0);
    this.#all.push({ ...kept, ...this.#line(kind, dueAt), state: 'delayed' });
    return old === undefined ? 'stored' : 'replaced';
  }

  get(id: string): Kept | undefined {
    return this.all().find((kept) => kept.id === id);
  }

  /** All of them, with the states that they have by now. */
  all(): Kept[] {
    for (const kept of this.#all)
      if ((kept.state === 'delayed' || kept.state === 'retrying') && kept.dueAt <= this.now)
        kept.state = 'waiting';
    return this.#all;
  }

  remove({ id, generation }: MessageKey): boolean {
    const count = this.#all.length;
    this.#all = this.#all.filter((kept) => kept.id !== id || kept.generation > generation);
    return this.#all.length < count;
  }

  waiting(queue: string): Kept[] {
    return this.all()
      .filter((kept) => kept.queue === queue && kept.state === 'waiting')
      .sort((a, b) => b.priority - a.priority || a.lineAt - b.lineAt || a.seq - b.seq);
  }

  delayed(queue: string): Kept[] {
    return this.all()
      .filter(({ state }) => state === 'delayed' || state === 'retrying')
      .filter((kept) => kept.queue === queue)
      .sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
  }

  held(session: string): Kept[] {
    return this.all().filter(({ holder }) => holder === session);
  }

  claim(session: string, queue: string, slots: number, ahead: number): Kept[] {
    const taken = this.paused.has(queue) ? [] : this.waiting(queue).slice(0, slots + ahead);
    for (const [index, kept] of taken.entries()) {
      kept.state = index < slots ? 'started' : 'claimed';
      kept.holder = session;
    }
    return taken;
  }

  retry(kept: Kept, delayMs: number): void {
    delete kept.holder;
    kept.given = true;
    Object.assign(kept, this.#line(kept.kind, this.now + delayMs), { state: 'retrying' });
  }

  /** Its place in line is the one it had. */
  release(kept: Kept, given: boolean): void {
    delete kept.holder;
    kept.state = 'waiting';
    kept.given ||= given;
  }

  leave(session: string): void {
    this.sessions.delete(session);
    for (const kept of this.held(session)) this.release(kept, true);
  }

  open(session: string): void {
    this.sessions.set(session, { aliveSince: this.now, beatAt: this.now });
  }

  /** False when the session is not alive. */
  extend(session: string): boolean {
    const lease = this.sessions.get(session);
    if (lease === undefined) return false;
    if (this.#lapsed(lease)) lease.aliveSince = this.now;
    lease.beatAt = this.now;
    return true;
  }

  sweep(by: string): void {
    const since = this.sessions.get(by)?.aliveSince ?? this.now;
    if (this.now - since < LEASE_MS) return;
    for (const [session, lease] of this.sessions) {
      if (!this.#lapsed(lease)) continue;
      this.sessions.delete(session);
      for (const kept of this.held(session)) this.#handBackDead(kept);
    }
  }

  #handBackDead(kept: Kept): void {
    if (kept.state === 'started') {
      kept.crashes += 1;
      this.retry(kept, crashDelayMs(kept.crashes));
    } else this.release(kept, true);
  }

  #lapsed({ beatAt }: Lease): boolean {
    return this.now - beatAt > LEASE_MS;
  }

  #line(kind: Message['kind'], at: number): Pick<Kept, 'dueAt' | 'lineAt' | 'seq'> {
    const lineAt = Math.max(at, this.now);
    this.#seq += 1;
    return { dueAt: kind === 'schedule' ? at : lineAt, lineAt, seq: this.#seq };
  }
}
