import { crashDelayMs } from '../../../core/lease.js';
import type { Claim } from './claim.js';
import type { Consumers } from './consumers.js';
import type { StoredLedger } from './ledger.js';
import type { Ledgers } from './ledgers.js';
import type { Rescheduler } from './rescheduler.js';

/** How much one beat hands back: some hundred ms of work at most. */
const HANDED_BACK_PER_BEAT = 1_000;

/** Declares silent sessions dead, and hands back what they held. */
export class Sweeper {
  constructor(
    private readonly ledgers: Ledgers,
    private readonly consumers: Consumers,
    private readonly rescheduler: Rescheduler,
  ) {}

  /** Whoever dies over it leaves a dead ledger, which the next one goes on with. */
  async sweep(own: string, ledgers: readonly StoredLedger[]): Promise<void> {
    let left = HANDED_BACK_PER_BEAT;
    for (const ledger of ledgers) {
      if (ledger.info.session === own || left <= 0) continue;
      const ours = ledger.state === 'dead' && ledger.to === own;
      if (ours || this.ledgers.lapsed(ledger)) left -= await this.#bury(own, ledger, ledgers);
    }
  }

  /** Gives how much it has handed back. Others leave it to us until we, too, were silent for a lease. */
  async #bury(own: string, ledger: StoredLedger, all: readonly StoredLedger[]): Promise<number> {
    const estate = estateOf(ledger, all);
    const dead = { ...ledger, state: 'dead', to: own } as const;
    const lines = estate.map(({ line }) => line);
    const revision = await this.ledgers.put(dead, lines, ledger.revision);
    // Another one was faster, or it gave a sign of life.
    if (revision === undefined) return 0;
    const now = estate.slice(0, HANDED_BACK_PER_BEAT).map(({ claim }) => claim);
    for (const claim of now) if (claim.started) await this.#crashed(claim);
    const rest = lines.slice(HANDED_BACK_PER_BEAT);
    if (rest.length === 0) await this.ledgers.delete(revision);
    else await this.ledgers.put(dead, rest, revision);
    await this.consumers.nak(now.filter(({ started }) => !started));
    return now.length;
  }

  async #crashed(claim: Claim): Promise<void> {
    await this.rescheduler.again(claim, ({ crashes }) => ({
      crashes: 1,
      delayMs: crashDelayMs(crashes + 1),
    }));
  }
}

interface Inherited {
  readonly claim: Claim;
  readonly line: string;
}

/** All that it held, but for what the session that takes over has written down as its own. */
function estateOf(ledger: StoredLedger, all: readonly StoredLedger[]): readonly Inherited[] {
  const heir =
    ledger.state === 'moved' ? all.find(({ info }) => info.session === ledger.to) : undefined;
  const theirs = new Set(heir?.claims.map(({ receipt }) => receipt));
  return ledger.claims.flatMap((claim, index) => {
    const line = ledger.lines[index];
    return line === undefined || theirs.has(claim.receipt) ? [] : [{ claim, line }];
  });
}
