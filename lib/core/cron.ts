/** When a schedule fires: five or six fields, and the zone in which they are read. */
export interface CronSpec {
  readonly cron: string;
  /** IANA name. Default: UTC, so that every instance agrees. */
  readonly timezone?: string | undefined;
}

/** Reads cron expressions; the library behind it is an adapter. Instants are epoch ms. */
export interface CronReader {
  /** What is wrong with it (also: it never fires), or undefined. */
  problem(spec: CronSpec): string | undefined;
  /** First slot after the instant. */
  next(spec: CronSpec, after: number): number | undefined;
  /** Last slot at or before the instant, without walking through those before it. */
  latest(spec: CronSpec, at: number): number | undefined;
}
