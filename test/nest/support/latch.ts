/** Something that a test waits for, or holds back: it opens once. */
export class Latch {
  /** Resolves when it opens. */
  readonly opened: Promise<void>;
  #open = (): void => {};

  constructor() {
    this.opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }
}
