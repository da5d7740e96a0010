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
    const startedAt = this.clock.elapsed();
    void this.#tell().finally(() => {
      this.#looking = false;
      if (this.#viewers.size === 0) return;
      const tookMs = this.clock.elapsed() - startedAt;
      const pauseMs = Math.max(SHORTEST_PAUSE_MS, tookMs / LARGEST_SHARE);
      this.#cancelTimer = this.clock.timer(pauseMs, () => {
        this.#cancelTimer = undefined;
        this.#look();
      });
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
