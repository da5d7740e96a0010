import type { CancelTimer, Clock } from '../../core/clock.js';
import type { Pulse } from '../contract/index.js';
import type { EventStream } from '../http/event-stream.js';

/** At most one message a second. */
const SHORTEST_PAUSE_MS = 1_000;
/** Looking takes at most this share of the time, however long one look takes. */
const LARGEST_SHARE = 0.1;
/** Proxies close what is silent for longer than this, or than a minute. */
const SILENCE_MS = 15_000;

export interface PulseSource {
  read(): Promise<Pulse>;
}

/**
 * Tells all viewers of this process what changes. One look serves all of them; without a viewer nobody looks.
 * Idle → (a viewer comes) → looking → … → (the last one goes) → idle; `close` ends everything.
 */
export class Live {
  readonly #viewers = new Set<EventStream>();
  #cancelTimer: CancelTimer | undefined;
  #looking = false;
  #closed = false;
  /** As last told, but for its instant. */
  #told = '';
  #latest: Pulse | undefined;
  #toldAt = 0;
  #lookedAt = 0;
  #tookMs = 0;
  /** The next look cannot wait. */
  #hurried = false;

  constructor(
    private readonly source: PulseSource,
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Nobody is served any more. */
  get closed(): boolean {
    return this.#closed;
  }

  add(viewer: EventStream): void {
    this.#viewers.add(viewer);
    viewer.onClose(() => this.#remove(viewer));
    if (this.#latest) viewer.send('pulse', this.#latest);
    this.#look();
  }

  /** Something was done here: viewers hear of it a second after the last message, however long looking takes. */
  hurry(): void {
    this.#hurried = true;
    if (this.#cancelTimer) this.#schedule();
  }

  /** Ends all streams, so that the server can close. */
  close(): void {
    this.#closed = true;
    this.#pause();
    for (const viewer of this.#viewers) viewer.end();
    this.#viewers.clear();
  }

  #remove(viewer: EventStream): void {
    this.#viewers.delete(viewer);
    if (this.#viewers.size === 0) this.#pause();
  }

  #pause(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#latest = undefined;
    this.#told = '';
  }

  #look(): void {
    if (this.#looking || this.#cancelTimer) return;
    this.#looking = true;
    this.#hurried = false;
    const startedAt = this.clock.elapsed();
    void this.#tell().finally(() => {
      this.#looking = false;
      this.#lookedAt = this.clock.elapsed();
      this.#tookMs = this.#lookedAt - startedAt;
      if (this.#viewers.size > 0) this.#schedule();
    });
  }

  #schedule(): void {
    this.#cancelTimer?.();
    const restMs = this.#hurried ? 0 : this.#tookMs / LARGEST_SHARE;
    const nextAt = this.#lookedAt + Math.max(SHORTEST_PAUSE_MS, restMs);
    this.#cancelTimer = this.clock.timer(Math.max(0, nextAt - this.clock.elapsed()), () => {
      this.#cancelTimer = undefined;
      this.#look();
    });
  }

  async #tell(): Promise<void> {
    try {
      const pulse = await this.source.read();
      if (this.#viewers.size > 0) this.#send(pulse);
    } catch (error) {
      this.onError(error);
      this.#keepAwake();
    }
  }

  #send(pulse: Pulse): void {
    const told = JSON.stringify({ ...pulse, at: '' });
    this.#latest = pulse;
    if (told === this.#told) return this.#keepAwake();
    this.#told = told;
    this.#toldAt = this.clock.elapsed();
    for (const viewer of this.#viewers) viewer.send('pulse', pulse);
  }

  #keepAwake(): void {
    if (this.clock.elapsed() - this.#toldAt < SILENCE_MS) return;
    this.#toldAt = this.clock.elapsed();
    for (const viewer of this.#viewers) viewer.comment();
  }
}
