import type { RunnerStatus } from '../worker/tasqueue-runner.js';

export interface HealthLimits {
  /** One deadline for everything that is asked of the stores, ms. */
  readonly timeoutMs: number;
  /** More jobs than this waiting in one queue are a backlog; undefined: nobody counts. */
  readonly maxPending?: number | undefined;
  /** Longest that the broker may owe the workers an answer, ms. */
  readonly maxStalenessMs: number;
}

/** The queue in which most jobs wait. */
export interface Backlog {
  readonly queue: string;
  readonly pending: number;
}

/** What has been found out about an instance; what is wrong is a sentence. */
export interface Findings {
  readonly broker: string | undefined;
  readonly results: string | undefined;
  readonly workers: RunnerStatus;
  /** Undefined where nobody counts, or there are no queues. */
  readonly backlog: Backlog | string | undefined;
  /** What a store fails at that it does by itself. */
  readonly troubles: readonly string[];
}

export interface Diagnosis {
  /** Degraded: jobs run, and more is waiting than should, or a store fails at something it does by itself. */
  readonly status: 'up' | 'degraded' | 'down';
  /** What is wrong, a sentence each; the worst first. */
  readonly problems: readonly string[];
  readonly broker: 'up' | 'down';
  readonly results: 'up' | 'down';
  readonly workers: 'running' | 'stopped';
  /** ms for which the broker has owed an answer to the workers, where they run. */
  readonly silentMs?: number | undefined;
  /** Handlers that go on although their attempt is over: each may hold memory, connections, a CPU. */
  readonly abandoned: number;
  /** Jobs that wait in the fullest queue, where they are counted. */
  readonly pending?: number | undefined;
}

/** What the findings mean. */
export function diagnose(findings: Findings, limits: HealthLimits): Diagnosis {
  const { broker, results, workers, backlog, troubles } = findings;
  const breaks = [broker, results, workersProblem(workers, limits)].filter(isSaid);
  // Where the broker is down nobody can count, which is no news.
  const counted = broker === undefined ? backlogProblem(backlog, limits) : undefined;
  const burdens = [counted, ...troubles].filter(isSaid);
  return {
    status: breaks.length > 0 ? 'down' : burdens.length > 0 ? 'degraded' : 'up',
    problems: [...breaks, ...burdens],
    broker: broker === undefined ? 'up' : 'down',
    results: results === undefined ? 'up' : 'down',
    workers: workers.running ? 'running' : 'stopped',
    silentMs: workers.silentMs === undefined ? undefined : Math.round(workers.silentMs),
    abandoned: workers.abandoned,
    pending: typeof backlog === 'object' ? backlog.pending : undefined,
  };
}

/** Workers that nobody has started, or that somebody has stopped, are no problem. */
function workersProblem(
  { startFailed, silentMs = 0 }: RunnerStatus,
  { maxStalenessMs }: HealthLimits,
): string | undefined {
  if (startFailed) return 'the workers could not be started: see the log for why';
  if (silentMs <= maxStalenessMs) return undefined;
  return `the workers have free slots and have got no answer from the broker for ${Math.round(silentMs)} ms`;
}

function backlogProblem(
  backlog: Findings['backlog'],
  { maxPending = Infinity }: HealthLimits,
): string | undefined {
  if (backlog === undefined || typeof backlog === 'string') return backlog;
  if (backlog.pending <= maxPending) return undefined;
  return `${backlog.pending} jobs wait in queue '${backlog.queue}', more than ${maxPending}`;
}

function isSaid(problem: string | undefined): problem is string {
  return problem !== undefined;
}
