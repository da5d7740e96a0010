import type { WorkerMessage } from '../../core/admin/workers/worker-message.js';
import type { WorkerRow } from '../contract/index.js';
import { instant, instantOf } from '../views/instants.js';
import type { DashboardParts } from './parts.js';
import { type Route, route } from './route.js';

function rowOf(worker: WorkerMessage): WorkerRow {
  const { id, host, pid, version, slots = [], running = [] } = worker;
  const slotsOf = new Map(slots.map((slot) => [slot.queue, slot]));
  return {
    id,
    host,
    pid,
    version,
    startedAt: instant(worker.startedAt),
    queues: worker.queues.map((name) => ({
      name,
      concurrency: slotsOf.get(name)?.concurrency,
      slotsInUse: slotsOf.get(name)?.inUse,
    })),
    running: running.map(({ startedAt, ...job }) => ({ ...job, startedAt: instant(startedAt) })),
    runningCount: worker.runningCount ?? running.length,
    eventLoopDelayMs: worker.eventLoopDelayMs,
    beatAt: instant(worker.beatAt),
    fetchedAt: instantOf(worker.fetchedAt),
  };
}

export function workerRoutes({ admin }: DashboardParts): Route[] {
  return [
    route({
      method: 'GET',
      path: 'workers',
      summary: 'Live worker processes, the latest started first.',
      reply: 'WorkerList',
      answer: async () => {
        const rows = (await admin.workers()).map(rowOf);
        return { workers: rows.sort((a, b) => b.startedAt.localeCompare(a.startedAt)) };
      },
    }),
  ];
}
