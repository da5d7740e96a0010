/** One acceptance of a job, a group or a chain, and what must come of it if nobody interferes. */
export interface Life {
  readonly kind: 'job' | 'group' | 'chain';
  readonly id: string;
  /** Payloads of handlers that have to start. */
  readonly starts: readonly string[];
  /** Payloads of callbacks one of which has to start. */
  readonly callbacks: readonly string[];
  /** Somebody cancelled, deleted or cleared what belongs to it. */
  touched: boolean;
}

/** What was accepted while random things were done. */
export class Ledger {
  readonly lives: Life[] = [];
  readonly #touched = new Set<string>();
  #serial = 0;

  /** A name of its own for each life. */
  next(): string {
    this.#serial += 1;
    return `#${this.#serial}`;
  }

  accepted(life: Omit<Life, 'touched'>): void {
    this.lives.push({ ...life, touched: false });
  }

  touch(...ids: readonly string[]): void {
    for (const id of ids) this.#touched.add(ownerOf(id));
  }

  /** What was done at once counts for all that is there afterwards: nobody knows what came first. */
  endTurn(): void {
    for (const life of this.lives) if (this.#touched.has(life.id)) life.touched = true;
    this.#touched.clear();
  }
}

function ownerOf(id: string): string {
  return id.split(':')[0] ?? id;
}
