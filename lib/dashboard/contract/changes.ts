/**
 * What the calls that change something answer, where nothing more is to be told: `POST jobs/:id/retry`,
 * `/cancel` and `/run-now`, `DELETE jobs/:id`; `POST queues/:queue/pause`, `/resume` and `/concurrency`;
 * `POST schedules/:id/pause` and `/resume`, `DELETE schedules/:id`; `POST workflows/:id/retry-failed` and `/cancel`.
 */
export interface Changed {
  /** How many jobs, queues or schedules; 0 where there was nothing to change. */
  readonly changed: number;
}

/** What `POST jobs` and `POST schedules/:id/run-now` answer. */
export interface Created {
  readonly id: string;
}
