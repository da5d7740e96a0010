/** Who a session belongs to, for `TasqueueAdmin.workers()`. */
export interface SessionInfo {
  readonly session: string;
  readonly leaseMs: number;
  readonly host: string;
  readonly pid: number;
  readonly queues: readonly string[];
}
