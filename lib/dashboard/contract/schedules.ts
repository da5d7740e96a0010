import type { JobRow, ShownValue } from './jobs.js';
import type { Instant } from './time.js';

/** `GET schedules`, by id. */
export interface ScheduleList {
  readonly schedules: readonly ScheduleRow[];
}

/** `GET schedules/:id` */
export interface ScheduleRow {
  readonly id: string;
  readonly task: string;
  readonly queue: string;
  readonly cron: string;
  /** 'At 03:15, Monday through Friday' */
  readonly words: string;
  readonly timezone?: string | undefined;
  readonly paused: boolean;
  /** The next five slots; empty while paused. */
  readonly nextAt: readonly Instant[];
  readonly payload: ShownValue;
  /** Newest first, five at most. */
  readonly lastRuns: readonly JobRow[];
  readonly lastError?: string | undefined;
}
