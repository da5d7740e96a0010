import { MemoryResults, type RecordWrite, type WriteReply } from 'nestjs-tasqueue';

interface Goal {
  readonly count: number;
  readonly reach: () => void;
}

/** Tells when a number of outcomes has been stored: one addition per call, and no event per job. */
export class CountingResults extends MemoryResults {
  #stored = 0;
  #goal: Goal | undefined;

  override async put(writes: readonly RecordWrite[]): Promise<readonly WriteReply[]> {
    const replies = await super.put(writes);
    for (let index = 0; index < writes.length; index += 1)
      if (replies[index]?.stored === true && writes[index]?.record.status === 'successful')
        this.#stored += 1;
    this.#check();
    return replies;
  }

  stored(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#goal = { count, reach: resolve };
      this.#check();
    });
  }

  #check(): void {
    if (this.#goal === undefined || this.#stored < this.#goal.count) return;
    this.#goal.reach();
    this.#goal = undefined;
  }
}
