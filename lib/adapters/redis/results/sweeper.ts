import type { CancelTimer, Clock } from '../../../core/clock.js';
import { REDELIVERY_HORIZON_MS } from '../../../core/lease.js';
import type { Retention, RetentionPolicy } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { Script } from '../scripts/script.js';
import type { ResultsServer } from './results-server.js';
import { type Revisions, tokenBytes } from './revisions.js';

/** Who writes looks so often whether something has to go; most looks find that another has looked. */
const BUSY_MS = 1_000;
/** And who does not write, so often. */
const IDLE_MS = REDELIVERY_HORIZON_MS / 10;
/** Names that one call looks at: about a millisecond of the server. */
const MOST_NAMES = 500;

/** What a sweep answers. */
const MORE = 1;
const UNTOLD = 2;

const sweep = new Script('results/sweep');
const configure = new Script('results/configure');
const packer = new Packer();

/**
 * Forgets what has been kept long enough. The server says what that is; a client in use asks it to, in
 * small portions, and those of others count too.
 */
export class Sweeper {
  #policy: RetentionPolicy | undefined;
  #cancel: CancelTimer | undefined;
  #armedForMs = Infinity;
  #sweeping = false;

  constructor(
    private readonly server: ResultsServer,
    private readonly revisions: Revisions,
    private readonly clock: Clock,
  ) {}

  /** Tells the server how long what has finished is kept, and begins to see to it. */
  async start(policy: RetentionPolicy): Promise<void> {
    await this.#configure(policy);
    this.#policy = policy;
    this.#arm(BUSY_MS);
  }

  stop(): void {
    this.#policy = undefined;
    this.#disarm();
  }

  /** To be called after writes: costs next to nothing. */
  written(): void {
    if (this.#armedForMs > BUSY_MS) this.#arm(BUSY_MS);
  }

  #arm(delayMs: number): void {
    if (this.#policy === undefined) return;
    this.#disarm();
    this.#armedForMs = delayMs;
    this.#cancel = this.clock.timer(delayMs, () => {
      this.#disarm();
      void this.#sweep();
    });
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#armedForMs = Infinity;
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      while (this.#policy !== undefined && (await this.#once(this.#policy)));
    } catch {
      // The server cannot be reached, which its users are told by their own calls: later, then.
    } finally {
      this.#sweeping = false;
      if (this.#armedForMs === Infinity) this.#arm(IDLE_MS);
    }
  }

  /** Whether more is due. */
  async #once(policy: RetentionPolicy): Promise<boolean> {
    packer.clear().binary(tokenBytes(this.revisions.token()));
    packer.number(MOST_NAMES).number(REDELIVERY_HORIZON_MS);
    const answer = await this.server.run(sweep, packer.finish());
    // It has lost its data, and what it was told.
    if (answer === UNTOLD) await this.#configure(policy);
    return answer === MORE;
  }

  async #configure({ successful, failed, cancelled }: RetentionPolicy): Promise<void> {
    await this.server.run(configure, [successful, failed, cancelled].map(limitsOf).join(','));
  }
}

function limitsOf({ age, count }: Retention): string {
  return `${age ?? '-'},${count ?? '-'}`;
}
