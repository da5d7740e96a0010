import { CancelledError, LeaseLostError } from '../errors.js';
import type { MessageKey } from '../ports/message.js';
import type { Claim, Run } from './run.js';

/** Anything that has claims in its hands. */
export interface ClaimHolder {
  held(): Iterable<Claim>;
  /** Claims that have not started: they need not survive, but may be lost. */
  unstarted?(): Iterable<Claim>;
}

/**
 * All claims that are running or not yet settled: what has to survive a connection loss. Asked for
 * seldom, so nothing is kept for it: the holders are walked through.
 */
export class HeldClaims {
  constructor(private readonly holders: () => Iterable<ClaimHolder>) {}

  receipts(): string[] {
    return [...new Set(this.#all())].map(({ delivery }) => delivery.receipt);
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

  /** Tells the handler of a job, now or when it is about to start, unless a later generation runs by now. */
  interrupt({ id, generation }: MessageKey, reason: Error): void {
    for (const claim of this.#everything()) {
      if (claim.delivery.id !== id || claim.delivery.generation > generation) continue;
      claim.suspect = true;
      claim.run?.abandon(reason);
    }
  }

  /** Handlers that have not ended. */
  running(): Run[] {
    return [...this.#all()].flatMap(({ run }) => (run && !run.ended ? [run] : []));
  }

  #end(receipts: readonly string[], reason: (id: string) => Error): void {
    if (receipts.length === 0) return;
    const ended = new Set(receipts);
    for (const claim of this.#everything()) {
      if (claim.lost || !ended.has(claim.delivery.receipt)) continue;
      claim.lost = true;
      if (claim.run && !claim.run.ended) claim.run.abandon(reason(claim.delivery.id));
    }
  }

  *#everything(): Iterable<Claim> {
    yield* this.#all();
    for (const holder of this.holders()) if (holder.unstarted) yield* holder.unstarted();
  }

  *#all(): Iterable<Claim> {
    for (const holder of this.holders()) yield* holder.held();
  }
}
