import type {
  BulkStep,
  CountRequest,
  JobAction,
  JobsPage,
  JobState,
  NewJob,
} from '../contract/index.js';
import { jobDetail } from '../views/job-detail.js';
import { jobRights, jobRow } from '../views/job-row.js';
import { checkBulk, checkCount, checkNewJob, STATES } from './job-checks.js';
import { newJob } from './new-job.js';
import { choice, integer, text } from './parameters.js';
import type { DashboardParts } from './parts.js';
import { type Call, type Route, route } from './route.js';

interface JobsQuery {
  readonly state?: JobState | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const LARGEST_PAGE = 500;

const listed = (parts: DashboardParts): Route =>
  route({
    method: 'GET',
    path: 'jobs',
    summary: 'Jobs in pages, newest first; those that wait: next to run first.',
    reply: 'JobsPage',
    query: {
      state: choice('Default: any.', ...STATES),
      q: text('Qualifiers (`task:mail error:"not found"`) and words; all must hold.'),
      cursor: text('`next` of the page before.'),
      limit: integer('Items at most. Default 50.', 1, LARGEST_PAGE),
    },
    answer: (call: Call<JobsQuery>) => jobsPage(parts, call),
  });

async function jobsPage(
  { admin, redactor }: DashboardParts,
  call: Call<JobsQuery>,
): Promise<JobsPage> {
  const { state, q, cursor, limit } = call.query;
  const seenAs = redactor.job.bind(redactor);
  const [page, counts, rights] = await Promise.all([
    admin.search({ state, query: q, cursor, limit, seenAs }),
    q === undefined ? admin.totals() : undefined,
    jobRights(call.rights),
  ]);
  const { items, next, looked, of } = page;
  return {
    items: items.map((job) => jobRow(seenAs(job), rights)),
    next,
    scanned: { looked, of },
    counts,
  };
}

const shown = ({ admin, redactor, settings }: DashboardParts): Route =>
  route({
    method: 'GET',
    path: 'jobs/:id',
    summary: 'All that is known of a job.',
    reply: 'JobDetail',
    answer: async ({ params, rights }) =>
      jobDetail(await admin.job(params['id'] ?? ''), {
        redactor,
        rights: await jobRights(rights),
        traceLink: settings.traceLink,
      }),
  });

const created = (parts: DashboardParts): Route =>
  route({
    method: 'POST',
    path: 'jobs',
    summary: 'Enqueues a job, or an edited copy of one.',
    reply: 'Created',
    body: { type: 'NewJob', check: checkNewJob },
    does: ({ body }: Call<unknown, NewJob>) => ({
      action: 'job.enqueue',
      target: body.id ?? body.copyOf ?? body.task,
    }),
    answer: async ({ body }) => {
      const { id } = await parts.admin.enqueue(await newJob(body, parts));
      return { id };
    },
  });

const counted = ({ admin, redactor }: DashboardParts): Route =>
  route({
    method: 'POST',
    path: 'jobs/count',
    summary: 'How many jobs match, counted in bounded steps.',
    reply: 'CountReply',
    body: { type: 'CountRequest', check: checkCount },
    answer: async ({ body }: Call<unknown, CountRequest>) => {
      const { state, q, cursor } = body;
      const seenAs = redactor.job.bind(redactor);
      const { matched, looked, of, next } = await admin.count({ state, query: q, cursor, seenAs });
      return { matched, scanned: { looked, of }, next };
    },
  });

const inBulk = ({ admin, redactor }: DashboardParts): Route =>
  route({
    method: 'POST',
    path: 'jobs/bulk',
    summary: 'One bounded step of an action on many jobs; go on with `next`.',
    reply: 'BulkReply',
    body: { type: 'BulkStep', check: checkBulk },
    does: ({ body: { action, ids, state, q } }: Call<unknown, BulkStep>) => ({
      action: `job.${action}`,
      ids,
      filter: ids === undefined ? { state, q } : undefined,
    }),
    answer: async ({ body }) => {
      const { action, ids, state, q, cursor, limit } = body;
      const seenAs = redactor.job.bind(redactor);
      const which = ids === undefined ? { state, query: q, cursor, seenAs } : { ids };
      const step = await admin.bulk({ action, limit, ...which });
      const { done, skipped, next, looked, of } = step;
      return { done, skipped, next, scanned: { looked, of } };
    },
  });

function changed(
  action: JobAction,
  summary: string,
  act: (id: string) => Promise<boolean | void>,
): Route {
  const removes = action === 'delete';
  return route({
    method: removes ? 'DELETE' : 'POST',
    path: removes ? 'jobs/:id' : `jobs/:id/${action}`,
    summary,
    reply: 'Changed',
    does: `job.${action}`,
    answer: async ({ params }) => {
      const done = await act(params['id'] ?? '');
      return { changed: done === false ? 0 : 1 };
    },
  });
}

export function jobRoutes(parts: DashboardParts): Route[] {
  const { admin } = parts;
  return [
    listed(parts),
    created(parts),
    counted(parts),
    inBulk(parts),
    shown(parts),
    changed('retry', 'Runs a failed or cancelled job again.', (id) => admin.retry(id)),
    changed('cancel', 'Cancels a job, group or chain.', (id) => admin.cancel(id)),
    changed('run-now', 'Makes a scheduled or retrying job due at once.', (id) =>
      admin.runJobNow(id),
    ),
    changed('delete', 'Removes a job, its result and its place in every list.', (id) =>
      admin.deleteJob(id),
    ),
  ];
}
