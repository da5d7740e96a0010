import type { Overview, Span, StoreHealth } from '../contract/index.js';
import { instant } from '../views/instants.js';
import { ratesOf } from '../views/rates.js';
import { warningsOf } from '../views/warnings.js';
import { choice } from './parameters.js';
import type { DashboardParts } from './parts.js';
import { type Call, type Route, route } from './route.js';

const DEFAULT_SPAN: Span = '1h';

async function overview(parts: DashboardParts, span: Span): Promise<Overview> {
  const { admin, queues, environment } = parts;
  const stores = await admin.stores();
  if (stores.some(({ up }) => !up)) return withoutStores(parts, stores);
  const workers = await admin.workers();
  const [totals, history, rows] = await Promise.all([
    admin.totals(),
    admin.history(span),
    queues.rows(workers),
  ]);
  const now = environment.clock.now();
  return {
    at: instant(new Date(now)),
    totals,
    outcomes: history.steps.map(({ from, ...counts }) => ({ from: instant(from), ...counts })),
    stepMs: history.stepMs,
    ...ratesOf(history),
    queues: rows,
    workersAlive: workers.length,
    stores,
    warnings: warningsOf({ stores, queues: rows, workers, now }),
  };
}

/** A store that is down is what the page is to show, not a reason for it to fail. */
function withoutStores({ environment }: DashboardParts, stores: readonly StoreHealth[]): Overview {
  const now = environment.clock.now();
  const none = { successful: 0, failed: 0, cancelled: 0 };
  return {
    at: instant(new Date(now)),
    totals: { queued: 0, scheduled: 0, retrying: 0, processing: 0, ...none },
    outcomes: [],
    stepMs: 0,
    throughputPerSecond: 0,
    queues: [],
    workersAlive: 0,
    stores,
    warnings: warningsOf({ stores, queues: [], workers: [], now }),
  };
}

export function overviewRoutes(parts: DashboardParts): Route[] {
  return [
    route({
      method: 'GET',
      path: 'overview',
      summary: 'How everything stands.',
      reply: 'Overview',
      query: { span: choice('What the outcomes look back on. Default `1h`.', '5m', '1h', '24h') },
      answer: ({ query }: Call<{ readonly span?: Span | undefined }>) =>
        overview(parts, query.span ?? DEFAULT_SPAN),
    }),
  ];
}
