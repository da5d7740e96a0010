import type { Socket } from 'node:net';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/** What happens to bytes on their way, in one direction. */
export interface Weather {
  latencyMs: number;
  /** At most this many bytes arrive at once. */
  chunkBytes: number;
}

/** One direction of one connection: bytes come out in their order, later, in pieces, or not at all. */
export class FaultPipe {
  /** Nothing comes out any more. */
  silent = false;
  /** How many more bytes come out before `cut` is called. */
  budget = Infinity;
  readonly #coming: { readonly at: number; readonly act: () => void }[] = [];
  #flowing = false;

  constructor(
    from: Socket,
    private readonly to: Socket,
    private readonly weather: Weather,
    private readonly cut: () => void,
  ) {
    from.on('data', (data: Buffer) => this.#take(data));
    from.on('end', () => this.#later(() => this.#end()));
    from.on('close', () => this.#later(() => this.#end()));
  }

  #take(data: Buffer): void {
    const { chunkBytes } = this.weather;
    for (let at = 0; at < data.length; at += chunkBytes)
      this.#later(() => this.#pass(data.subarray(at, at + chunkBytes)));
  }

  #later(act: () => void): void {
    this.#coming.push({ at: performance.now() + this.weather.latencyMs, act });
    if (!this.#flowing) void this.#flow();
  }

  async #flow(): Promise<void> {
    this.#flowing = true;
    for (let next = this.#coming.shift(); next !== undefined; next = this.#coming.shift()) {
      const restMs = next.at - performance.now();
      if (restMs > 0) await pause(restMs);
      // Pieces written in one turn would be read as one.
      else if (this.weather.chunkBytes < Infinity) await turn();
      next.act();
    }
    this.#flowing = false;
  }

  #pass(data: Buffer): void {
    if (this.silent || this.to.destroyed) return;
    this.to.write(data.subarray(0, Math.min(data.length, this.budget)));
    this.budget -= data.length;
    if (this.budget <= 0) this.cut();
  }

  #end(): void {
    if (!this.silent && !this.to.destroyed) this.to.end();
  }
}
