import type { WorkerMessage } from '../../core/admin/workers/worker-message.js';
import type { QueueRow, StoreHealth, Warning } from '../contract/index.js';

/** An idle worker hears from the broker every five seconds. */
const STALLED_MS = 30_000;

export interface Sight {
  readonly stores: readonly StoreHealth[];
  readonly queues: readonly QueueRow[];
  readonly workers: readonly WorkerMessage[];
  /** Epoch ms. */
  readonly now: number;
}

/** What an operator should see first. */
export function warningsOf({ stores, queues, workers, now }: Sight): Warning[] {
  return [
    ...stores.filter(({ up }) => !up).map(storeDown),
    ...queues.filter(({ workers: live, counts }) => live === 0 && counts.queued > 0).map(noWorker),
    ...workers
      .filter(({ fetchedAt }) => fetchedAt && now - fetchedAt.getTime() > STALLED_MS)
      .map(stalled),
  ];
}

function storeDown({ store, name, error }: StoreHealth): Warning {
  const what = store === 'broker' ? 'The broker' : 'The results store';
  return {
    kind: 'store-down',
    message: `${what} (${name}) does not answer: ${error ?? 'no reason is known'}. Look whether it runs and can be reached from this process.`,
  };
}

function noWorker({ name, counts }: QueueRow): Warning {
  return {
    kind: 'no-worker',
    queue: name,
    message: `Queue '${name}' has ${counts.queued} jobs but no worker. Start a process that has a task of this queue, or names it in its option 'queues'.`,
  };
}

function stalled({ host, pid }: WorkerMessage): Warning {
  return {
    kind: 'worker-stalled',
    message: `Worker ${host}:${pid} lives, but has not asked for jobs for more than ${STALLED_MS / 1_000} s. Look at its event loop delay and at its log.`,
  };
}
