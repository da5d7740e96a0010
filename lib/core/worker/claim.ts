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
