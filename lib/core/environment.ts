import type { Clock } from './clock.js';
import type { CronReader } from './cron.js';
import type { Log } from './log.js';
import type { Random } from './random.js';

/** What core takes from the world around it. */
export interface Environment {
  readonly clock: Clock;
  readonly random: Random;
  readonly cron: CronReader;
  readonly log: Log;
  readonly host: string;
  readonly pid: number;
  /** Default concurrency of a queue. */
  readonly cpus: number;
}
