/** How much the two clocks may drift apart, per ms that passes. */
const DRIFT = 1e-4;
/** Beyond this the clock was set, not adrift. */
const JUMP_MS = 1_000;

/**
 * What time it is at the server, as far as its answers told. Each answer tells that its time lies
 * between sending and receiving; the bounds of all answers together are much closer than one's.
 */
export class ServerClock {
  /** Bounds of what has to be added to the elapsed time here; widened as time goes by. */
  #least = -Infinity;
  #most = Infinity;
  #boundAt = 0;
  #latest = 0;

  /** An answer tells the server's time (epoch ms); both instants by `performance.now`. */
  learn(serverTime: number, sentAt: number, receivedAt: number): void {
    const widened = (receivedAt - this.#boundAt) * DRIFT;
    const least = serverTime - receivedAt;
    const most = serverTime - sentAt;
    this.#boundAt = receivedAt;
    this.#least = Math.max(this.#least - widened, least);
    this.#most = Math.min(this.#most + widened, most);
    if (this.#least <= this.#most) return;
    // Somebody set a clock: what was known before does not hold any more.
    if (Math.abs(this.#least - this.#most) > JUMP_MS) this.#latest = 0;
    this.#least = least;
    this.#most = most;
  }

  /** Epoch ms, an integer; never goes back unless the server's clock was set. */
  now(): number {
    const offset = (this.#least + this.#most) / 2;
    const now = Math.floor(
      performance.now() + (Number.isFinite(offset) ? offset : performance.timeOrigin),
    );
    this.#latest = Math.max(this.#latest, now);
    return this.#latest;
  }
}
