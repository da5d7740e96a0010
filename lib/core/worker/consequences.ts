import { apart } from '../apart.js';
import type { Environment } from '../environment.js';
import { isFinal } from '../job-status.js';
import type { JobRecord, Versioned } from '../ports/record.js';
import { TickBatch } from '../tick-batch.js';
import { Aftermath } from '../workflow/aftermath.js';
import type { MemberEnd } from '../workflow/member-end.js';
import type { Workflow } from '../workflow/workflow.js';
import { comesBack, type Concluded } from './judgement.js';
import { putBackMs } from './refusal.js';
import type { Claim, Settled } from './run.js';

/** While so many calls are under way, what else ends gathers: chains and groups move on together. */
const BATCH = { items: 512, inFlight: 2 } as const;

/** Why it could not be done; undefined: it is done. */
type Obstacle = Error | undefined;

/**
 * Sees to what follows from recorded outcomes, those of several batches together. Where that is
 * impossible here, other than for a store that cannot be reached, the job comes back: another worker,
 * perhaps of a newer release, finds its record and goes on from there.
 */
export class Consequences {
  readonly #batch = new TickBatch<Versioned<JobRecord>, Obstacle>(
    (outcomes) => apart(outcomes, (some) => this.#follow(some)),
    BATCH,
  );

  constructor(
    private readonly workflow: Pick<Workflow, 'aftermath' | 'advancer'>,
    private readonly environment: Environment,
  ) {}

  /** How to settle each, now that what follows is there. Rejects while a store cannot be reached. */
  async follow(concluded: readonly Concluded[]): Promise<readonly Settled[]> {
    const due = concluded.flatMap(({ followed }) => (hasConsequences(followed) ? [followed] : []));
    if (due.length === 0) return concluded;
    const obstacles = (await this.#batch.add(due)).values();
    return concluded.map((item) => {
      const obstacle = hasConsequences(item.followed) ? obstacles.next().value : undefined;
      return obstacle ? this.#putBack(item.claim, obstacle) : item;
    });
  }

  /** The same for a member that never was: how to settle it, once its plan has been told. */
  async tell(settled: Settled, end: MemberEnd): Promise<Settled> {
    const [obstacle] = await apart([end], async (ends): Promise<Obstacle[]> => {
      await this.workflow.advancer.advance(ends);
      return [undefined];
    });
    return obstacle ? this.#putBack(settled.claim, obstacle) : settled;
  }

  async #follow(outcomes: readonly Versioned<JobRecord>[]): Promise<readonly Obstacle[]> {
    await this.workflow.aftermath.follow(outcomes);
    return outcomes.map(() => undefined);
  }

  #putBack(claim: Claim, error: Error): Settled {
    const { log, random } = this.environment;
    log.warn('cannot see to what follows from an outcome here, its job comes back', {
      jobId: claim.delivery.id,
      error,
    });
    return comesBack(claim, putBackMs(random));
  }
}

/** Most jobs stand alone. */
function hasConsequences(followed: Concluded['followed']): followed is Versioned<JobRecord> {
  return (
    followed !== undefined && isFinal(followed.record.status) && !Aftermath.isNone(followed.record)
  );
}
