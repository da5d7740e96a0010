/** Wakes those who wait for the stores to change. */
export class Changes {
  #ring = (): void => {};
  #next = this.#renew();

  /** To be asked for before looking, so that nothing is missed in between. */
  next(): Promise<void> {
    return this.#next;
  }

  readonly ring = (): void => {
    const ring = this.#ring;
    this.#next = this.#renew();
    ring();
  };

  #renew(): Promise<void> {
    return new Promise((resolve) => {
      this.#ring = resolve;
    });
  }
}
