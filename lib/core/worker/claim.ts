import { CancelledError, LeaseLostError } from '../errors.js';
import type { Delivery, Settlement } from '../ports/broker.js';
import type { Run } from './run.js';

/** One message in this process's hands, from the delivery until its settlement is confirmed. */
export class Claim {
  /** The attempt made of it, once it runs. */
  run: Run | undefined;
  /** Another worker may have it now: whatever this one still does with it is void. */
  lost = false;

  constructor(
    readonly delivery: Delivery,
    /** The broker counts it as started. */
    public told: boolean,
  ) {}
}

export interface Settled {
  readonly claim: Claim;
  readonly settlement: Settlement;
}

/** All claims that are running or not yet settled: what has to survive a connection loss. */
export class Claims {
  readonly #held = new Map<string, Claim>();

  get size(): number {
    return this.#held.size;
  }

  receipts(): string[] {
    return [...this.#held.keys()];
  }

  hold(claim: Claim): void {
    this.#held.set(claim.delivery.receipt, claim);
  }

  release(receipt: string): void {
    this.#held.delete(receipt);
  }

  /** The lease on these is lost: their handlers are told, their outcomes dropped. */
  lose(receipts: readonly string[]): void {
    this.#end(receipts, (id) => {
      return new LeaseLostError(`job '${id}' outlived its lease here; another worker may run it`);
    });
  }

  /** Their messages were removed under us: the job was cancelled or deleted, or the schedule replaced. */
  remove(receipts: readonly string[]): void {
    this.#end(receipts, (id) => new CancelledError(`job '${id}' was cancelled or deleted`));
  }

  /** Tells the running handlers of a job. */
  interrupt(id: string, reason: Error): void {
    for (const { delivery, run } of this.#held.values())
      if (delivery.id === id && run && !run.ended) run.abandon(reason);
  }

  /** Handlers that have not ended. */
  *running(): Iterable<Run> {
    for (const { run } of this.#held.values()) if (run && !run.ended) yield run;
  }

  #end(receipts: readonly string[], reason: (id: string) => Error): void {
    for (const receipt of receipts) {
      const claim = this.#held.get(receipt);
      if (claim === undefined) continue;
      claim.lost = true;
      this.#held.delete(receipt);
      if (claim.run && !claim.run.ended) claim.run.abandon(reason(claim.delivery.id));
    }
  }
}
