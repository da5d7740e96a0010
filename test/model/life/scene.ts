import { isDeepStrictEqual } from 'node:util';
import type { Scripted } from '../../support/engine/scripted.js';
import type { Life } from './model.js';

export const LIFE_QUEUE = 'tasqueue:tasks';

/** One worker with one slot: what it tells has one order alone. */
export const ONE_SLOT = { queues: { [LIFE_QUEUE]: { concurrency: 1 } }, readAhead: 0 } as const;

/** Long beyond what any store takes. */
const DEADLINE_MS = 15_000;
const LOOK_MS = 3;

/** What each id went through, and in which order jobs were started. */
export function byId(trace: readonly string[]): Record<string, string[]> {
  const ways: Record<string, string[]> = { starts: [] };
  for (const line of trace) {
    const [name = '', id = ''] = line.split(' ');
    (ways[id] ??= []).push(name);
    if (name === 'processing') ways['starts']?.push(id);
  }
  return ways;
}

/** An instance under test, and the trace of its events without instants. */
export class LifeScene {
  readonly trace: string[] = [];

  constructor(
    readonly instance: Scripted,
    /** Lets the world go on for a moment. */
    private readonly pass: (ms: number) => Promise<void>,
  ) {
    instance.tasqueue.events.subscribe(({ name, jobId }) => {
      // A claim that was given up while it was cancelled is the worker's affair, not the job's.
      if (name !== 'lease-lost') this.trace.push(`${name} ${jobId}`);
    });
  }

  /** Waits until the world has told what the model has; gives what it told in the end. */
  async arriveAt({ trace, jobs }: Life): Promise<{ ways: unknown; states: unknown }> {
    const expected = { ways: byId(trace), states: statesOf(jobs) };
    for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
      const seen = { ways: byId(this.trace), states: await this.#states(expected.states) };
      if (isDeepStrictEqual(seen, expected) || waitedMs > DEADLINE_MS) return seen;
      await this.pass(LOOK_MS);
    }
  }

  async #states(expected: Record<string, string>): Promise<Record<string, string>> {
    const states: Record<string, string> = {};
    for (const [id, state] of Object.entries(expected)) {
      const { status } = await this.instance.client.getJob(id);
      // It may still say so for up to 250 ms after a handler started.
      states[id] = state === 'processing' && status === 'queued' ? state : status;
    }
    return states;
  }
}

export function statesOf(jobs: Life['jobs']): Record<string, string> {
  return Object.fromEntries([...jobs.values()].map(({ id, state }) => [id, state]));
}
