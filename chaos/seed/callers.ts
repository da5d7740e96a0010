import { systemClock } from '../../lib/core/clock.js';
import type { Tasqueue } from '../../lib/core/tasqueue.js';
import type { Stores } from '../ground/ground.js';
import { instanceOf } from '../worker/instance.js';
import type { Journal } from '../worker/journal.js';
import { witnessed } from '../worker/witnessed.js';

/** A client in this process, with the stores behind it. */
export interface Caller {
  readonly tasqueue: Tasqueue;
  readonly stores: Stores;
}

/** How long a caller waits for a confirmation. */
const ENQUEUE_TIMEOUT_MS = 1_000;

/** `name`: begins the ids that it makes. */
export async function openCaller(
  { broker, results }: Stores,
  name: string,
  journal: Journal,
): Promise<Caller> {
  const stores = { broker, results: witnessed(results, journal) };
  let ids = 0;
  const random = {
    id: () => {
      ids += 1;
      return `${name}-${ids}`;
    },
    fraction: () => Math.random(),
  };
  const tasqueue = instanceOf(
    { ...stores, clock: systemClock, random },
    {
      role: 'producer',
      unknownTasks: 'allow',
      enqueueTimeout: ENQUEUE_TIMEOUT_MS,
    },
  );
  await tasqueue.connect();
  return { tasqueue, stores };
}
