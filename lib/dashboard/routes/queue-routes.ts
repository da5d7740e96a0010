import { shape, type Table } from '../../core/validation/shape.js';
import { integerWithin } from '../../core/validation/values.js';
import type { ConcurrencyChange } from '../contract/index.js';
import type { DashboardParts } from './parts.js';
import { type Call, type Route, route } from './route.js';

/** More handlers at once than any process can use. */
const MOST_HANDLERS = 100_000;

const CONCURRENCY: Table<ConcurrencyChange> = { concurrency: integerWithin(1, MOST_HANDLERS) };
const checkConcurrency = shape(CONCURRENCY, { required: ['concurrency'] });

function turned(
  verb: 'pause' | 'resume',
  summary: string,
  act: (queue: string) => Promise<void>,
): Route {
  return route({
    method: 'POST',
    path: `queues/:queue/${verb}`,
    summary,
    reply: 'Changed',
    does: `queue.${verb}`,
    answer: async ({ params }) => {
      await act(params['queue'] ?? '');
      return { changed: 1 };
    },
  });
}

export function queueRoutes({ admin, queues }: DashboardParts): Route[] {
  return [
    route({
      method: 'GET',
      path: 'queues',
      summary: 'All queues, by name.',
      reply: 'QueueList',
      answer: async () => ({ queues: await queues.rows() }),
    }),
    turned('pause', 'Nothing more of this queue is started, by any process.', (queue) =>
      admin.pause(queue),
    ),
    turned('resume', 'Ends the pause.', (queue) => admin.resume(queue)),
    route({
      method: 'POST',
      path: 'queues/:queue/clear',
      summary: 'Deletes what waits in the queue.',
      reply: 'Cleared',
      does: 'queue.clear',
      answer: async ({ params }) => ({ deleted: await admin.clear(params['queue'] ?? '') }),
    }),
    route({
      method: 'POST',
      path: 'queues/:queue/concurrency',
      summary: 'Handlers at once in each live worker process, until it restarts.',
      reply: 'Changed',
      body: { type: 'ConcurrencyChange', check: checkConcurrency },
      does: 'queue.concurrency',
      answer: async ({ params, body }: Call<unknown, ConcurrencyChange>) => {
        await admin.setConcurrency(params['queue'] ?? '', body.concurrency);
        return { changed: 1 };
      },
    }),
  ];
}
