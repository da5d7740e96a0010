import type { CancelTimer, Clock } from '../../../core/clock.js';
import { REDELIVERY_HORIZON_MS } from '../../../core/lease.js';
import type { ResultsSettings, Retention, RetentionPolicy } from '../../../core/ports/results.js';
import type { ReportTrouble } from '../../../core/ports/trouble.js';
import { Packer } from '../scripts/packer.js';
import { Script } from '../scripts/script.js';
import type { ResultsServer } from './results-server.js';
import { type Revisions, revisionBytes } from './revisions.js';

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
  #report: ReportTrouble | undefined;
  #cancelTimer: CancelTimer | undefined;
  #sweeping = false;
  /** When it last looked, by the clock's `elapsed`. */
  #lookedAt = -Infinity;

  constructor(
    private readonly server: ResultsServer,
    private readonly revisions: Revisions,
    private readonly clock: Clock,
  ) {}

  /** Tells the server how long what has finished is kept, and begins to see to it. */
  async start({ retention, report }: ResultsSettings): Promise<void> {
    await this.#configure(retention);
    this.#policy = retention;
    this.#report = report;
    this.#lookedAt = -Infinity;
    this.#arm();
  }

  stop(): void {
    this.#policy = undefined;
    this.#cancelTimer?.();
  }

  /** To be called with each write: mostly this does nothing. */
  written(): void {
    if (!this.#sweeping && this.clock.elapsed() - this.#lookedAt >= BUSY_MS) void this.#sweep();
  }

  #arm(): void {
    this.#cancelTimer?.();
    if (this.#policy === undefined) return;
    this.#cancelTimer = this.clock.timer(IDLE_MS, () => void this.#sweep());
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping || this.#policy === undefined) return;
    this.#sweeping = true;
    this.#lookedAt = this.clock.elapsed();
    try {
      while (this.#policy !== undefined && (await this.#once(this.#policy)));
    } catch (error) {
      // No call of anybody shows it. It is tried again later.
      this.#report?.({ doing: 'forgetting what is past its retention', error });
    } finally {
      this.#sweeping = false;
      this.#arm();
    }
  }

  /** Whether more is due. */
  async #once(policy: RetentionPolicy): Promise<boolean> {
    packer.clear().binary(revisionBytes(this.revisions.next()));
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
