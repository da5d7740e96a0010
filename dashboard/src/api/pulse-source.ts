import type { Pulse } from '#contract';
import { apiUrl } from './base.js';
import { get } from './request.js';

export type Connection = 'live' | 'polling' | 'lost' | 'paused';

export interface PulseListener {
  pulse(pulse: Pulse): void;
  connection(connection: Connection): void;
}

const POLL_MS = 5_000;
/** While nobody answers. */
const POLL_LOST_MS = 2_000;
/** How long a stream may take to say its first word: some proxies hold it back for ever. */
const FIRST_WORD_MS = 5_000;
/** How long after a stream that worked has ended the next one is opened: many come back at once. */
const REOPEN_MS = 1_000;
/** How long polling goes on before the stream is tried again. */
const STREAM_AGAIN_MS = 30_000;

/**
 * Hears of changes: by a stream of server-sent events while it works, by asking every five seconds while
 * it does not. Modes: paused, streaming, polling; `stop` ends each of them.
 */
export class PulseSource {
  #stream: EventSource | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #asking: AbortController | undefined;

  constructor(private readonly listener: PulseListener) {}

  start(): void {
    this.#halt();
    const stream = new EventSource(apiUrl('live'));
    this.#stream = stream;
    let works = false;
    this.#later(FIRST_WORD_MS, () => {
      if (!works) this.#poll();
    });
    stream.addEventListener('pulse', ({ data }: MessageEvent<string>) => {
      works = true;
      this.listener.connection('live');
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract says what a pulse is
      this.listener.pulse(JSON.parse(data) as Pulse);
    });
    stream.addEventListener('error', () => {
      stream.close();
      if (works) this.#later(REOPEN_MS, () => this.start());
      else this.#poll();
    });
  }

  /** Nobody looks: the server need not tell. */
  pause(): void {
    this.#halt();
    this.listener.connection('paused');
  }

  stop(): void {
    this.#halt();
  }

  #poll(): void {
    this.#halt();
    this.#asking = new AbortController();
    this.#later(STREAM_AGAIN_MS, () => this.start());
    void this.#ask(this.#asking.signal, false);
  }

  async #ask(signal: AbortSignal, wasLost: boolean): Promise<void> {
    const pulse = await get<Pulse>('pulse', {}, signal).catch(() => undefined);
    if (signal.aborted) return;
    const isLost = pulse === undefined;
    if (!isLost) this.listener.pulse(pulse);
    // The server is back: so may the stream be.
    if (wasLost && !isLost) this.start();
    else {
      this.listener.connection(isLost ? 'lost' : 'polling');
      this.#later(isLost ? POLL_LOST_MS : POLL_MS, () => void this.#ask(signal, isLost));
    }
  }

  #later(ms: number, act: () => void): void {
    this.#timers.push(setTimeout(act, ms));
  }

  #halt(): void {
    this.#stream?.close();
    this.#stream = undefined;
    this.#asking?.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }
}
