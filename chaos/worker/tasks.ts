import type { Clock } from '../../lib/core/clock.js';
import type { JobContext } from '../../lib/core/job-context.js';
import type { TaskCallback, TaskEntry } from '../../lib/core/task-entry.js';
import type { Death } from '../../test/support/processes/doom.js';
import { isWhole, outcomeOf, type Work } from '../workload/work.js';
import type { Journal } from './journal.js';

/** The one task that there is. */
export const TASK = 'work';

/** What handlers reach for in their process. */
export interface Body {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly die: Death;
  /** Holds everything in this process up. */
  readonly block: () => void;
  /** The n-th start of a handler, and the n-th callback, at which the process dies; 0: at none. */
  readonly deadlyStart: number;
  readonly deadlyCallback: number;
}

export function taskOf(body: Body): TaskEntry {
  let callbacksLeft = body.deadlyCallback;
  const told =
    (of: string): TaskCallback =>
    async ({ id }) => {
      body.journal.write({ kind: 'told', id, of });
      callbacksLeft -= 1;
      if (callbacksLeft === 0) await fall(body, 'a callback');
    };
  return {
    name: TASK,
    owner: 'Chaos.work',
    run: handler(body),
    callbacks: {
      processing: [],
      success: [told('success')],
      retrying: [],
      failed: [told('failed')],
    },
  };
}

function handler(body: Body): TaskEntry['run'] {
  const { journal } = body;
  let startsLeft = body.deadlyStart;
  return async (payload, ctx) => {
    // oxlint-disable-next-line no-unsafe-type-assertion -- if it is not, its hash tells
    const todo = payload as Work;
    const { id, queue, attempt, retried } = ctx;
    journal.write({ kind: 'start', id, queue, attempt, retried, whole: isWhole(todo) });
    startsLeft -= 1;
    if (startsLeft === 0) await fall(body, 'a handler');
    await harm(todo, ctx, body);
    const end = (how: 'done' | 'thrown' | 'stopped'): void =>
      journal.write({ kind: 'end', id, queue, retried, how });
    // Told at once: whoever stops it has its slot for another.
    if (await isStopped(body.clock, todo.takesMs, ctx.signal, () => end('stopped')))
      throw ctx.signal.reason;
    const fails = retried < todo.failures;
    end(fails ? 'thrown' : 'done');
    if (fails) throw new Error(`failure ${retried + 1} of ${todo.failures}`);
    return outcomeOf(todo.add, ctx.prevJobResult);
  };
}

async function harm({ harm: deed }: Work, { attempt }: JobContext, body: Body): Promise<void> {
  if (deed === 'dies always' || (deed === 'dies once' && attempt === 1))
    await fall(body, 'a handler that kills');
  if (deed === 'blocks once' && attempt === 1) body.block();
}

async function fall({ journal, die }: Body, where: string): Promise<never> {
  journal.write({ kind: 'death', where });
  return die();
}

/** Whether it was stopped before the time was over; `tell` is called the moment it is. */
function isStopped(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  tell: () => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = (): void => {
      cancel();
      tell();
      resolve(true);
    };
    const cancel = clock.timer(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve(false);
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
