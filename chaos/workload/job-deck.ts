import type { JobOptions, JobSpec } from '../../lib/core/spec/job-spec.js';
import { job } from '../../lib/core/spec/job.js';
import type { Chance } from '../seed/chance.js';
import { TASK } from '../worker/tasks.js';
import { type Deed, work } from './work.js';

/** Handlers at once in each process, by queue. */
export const QUEUES = { work: { concurrency: 4 }, side: { concurrency: 2 } } as const;

/** How likely jobs are to be trouble; shares of 1. */
export interface Temper {
  readonly failing: number;
  readonly killing: number;
  /** The job that kills whoever runs it, again and again. */
  readonly poison: boolean;
}

const LONGEST_FILLING = 400;

/** Deals jobs of every kind, as a seed has it. */
export class JobDeck {
  constructor(
    private readonly chance: Chance,
    private readonly temper: Temper,
  ) {}

  /** A job with nothing special about when or how it runs. */
  plain(options: JobOptions = {}, deed: Partial<Deed> = {}): JobSpec {
    const { chance, temper } = this;
    const fails = chance.flip(temper.failing);
    const maxRetries = fails ? chance.between(0, 2) : 0;
    const todo = work({
      add: chance.between(1, 1_000_000),
      takesMs: chance.between(0, 20),
      failures: fails ? chance.between(1, 3) : 0,
      harm: chance.flip(temper.killing) ? 'dies once' : undefined,
      filling: 'x'.repeat(chance.between(0, LONGEST_FILLING)),
      ...deed,
    });
    const backoff = { type: 'fixed', delay: chance.between(10, 200) } as const;
    const queue = chance.flip(0.2) ? 'side' : 'work';
    return job(TASK, todo, { queue, maxRetries, backoff, ...options });
  }

  /** Anything that a caller may say of a single job. */
  any(id: string | undefined): JobSpec {
    const { chance } = this;
    const followUps = (): JobSpec[] => (chance.flip(0.5) ? [this.plain()] : []);
    const options: JobOptions = {
      ...(id !== undefined && { id }),
      ...(chance.flip(0.15) && { delay: chance.between(20, 900) }),
      ...(chance.flip(0.15) && { priority: chance.between(-1, 3) }),
      ...(chance.flip(0.15) && { onSuccess: followUps(), onError: followUps() }),
    };
    if (chance.flip(0.03)) return this.plain({ ...options, timeout: 40 }, { takesMs: 400 });
    return this.plain(options);
  }

  poison(): JobSpec {
    return this.plain({}, { harm: 'dies always' });
  }

  blocking(): JobSpec {
    return this.plain({}, { harm: 'blocks once', failures: 0 });
  }
}

/** Whether its timeout is sure to end each of its attempts. */
export function timesOut({ payload, options }: JobSpec): boolean {
  // oxlint-disable-next-line no-unsafe-type-assertion -- all payloads are made above
  return options.timeout !== undefined && options.timeout < (payload as Deed).takesMs;
}
