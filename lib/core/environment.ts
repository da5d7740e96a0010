import type { CancelTimer, Clock } from './clock.js';
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
  /** Keeps the process from ending, until the returned function is called. Absent: nothing does. */
  readonly stayAlive?: (() => CancelTimer) | undefined;
}
