import type { Pulse } from '#contract';
import { apiUrl } from './base.js';
import { get } from './request.js';

export type Connection = 'live' | 'polling' | 'lost' | 'paused';

export interface PulseListener {
  pulse(pulse: Pulse): void;
  connection(connection: Connection): void;
}

const POLL_MS = 5_000;
/** How long a stream may take to say its first word: some proxies hold it back for ever. */
const FIRST_WORD_MS = 4_000;
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
    const silent = setTimeout(() => this.#poll(), FIRST_WORD_MS);
    this.#timers.push(silent);
    stream.addEventListener('open', () => {
      clearTimeout(silent);
      this.listener.connection('live');
    });
    stream.addEventListener('pulse', ({ data }: MessageEvent<string>) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract says what a pulse is
      this.listener.pulse(JSON.parse(data) as Pulse);
    });
    stream.addEventListener('error', () => this.#poll());
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
    const { signal } = this.#asking;
    void this.#ask(signal);
    this.#timers.push(
      setInterval(() => void this.#ask(signal), POLL_MS),
      setTimeout(() => this.start(), STREAM_AGAIN_MS),
    );
  }

  async #ask(signal: AbortSignal): Promise<void> {
    try {
      const pulse = await get<Pulse>('pulse', {}, signal);
      if (signal.aborted) return;
      this.listener.pulse(pulse);
      this.listener.connection('polling');
    } catch {
      if (!signal.aborted) this.listener.connection('lost');
    }
  }

  #halt(): void {
    this.#stream?.close();
    this.#stream = undefined;
    this.#asking?.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }
}
