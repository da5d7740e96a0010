/**
 * An estimate of the server's time, from what replies tell. A reply is told later than its time was
 * taken: so the estimate is never ahead, and it is never behind what a reply has told.
 */
export class ServerTime {
  #toldAt = 0;
  #heardAt = 0;

  get now(): number {
    return Math.floor(this.#toldAt + performance.now() - this.#heardAt);
  }

  /** Server time, epoch ms, as a reply told it just now. */
  told(now: number): number {
    this.#toldAt = now;
    this.#heardAt = performance.now();
    return now;
  }
}
