import type { ScheduleMessage } from '../../core/admin/schedules.js';
import { fewAtOnce } from '../../core/few-at-once.js';
import type { JobAction, ScheduleRow } from '../contract/index.js';
import { cronWords } from '../views/cron-words.js';
import { jobRights, jobRow } from '../views/job-row.js';
import { slotsFrom } from '../views/slots.js';
import type { DashboardParts } from './parts.js';
import { type Route, route } from './route.js';
import { ScheduleRuns } from './schedule-runs.js';

const SLOTS = 5;
/** Schedules whose runs are looked up at once. */
const MOST_CALLS = 8;

interface RowParts extends DashboardParts {
  readonly runs: ScheduleRuns;
}

async function rowOf(
  { runs, redactor, environment }: RowParts,
  schedule: ScheduleMessage,
  rights: ReadonlySet<JobAction>,
): Promise<ScheduleRow> {
  const { id, task, queue, cron, timezone, paused, nextAt, payload } = schedule;
  const seen = (await runs.of(schedule)).map((run) => redactor.job(run));
  return {
    id,
    task,
    queue,
    cron,
    words: cronWords(cron),
    timezone,
    paused,
    nextAt: nextAt ? slotsFrom(nextAt, SLOTS, { cron, timezone }, environment.cron) : [],
    payload: redactor.shown(payload),
    lastRuns: seen.map((run) => jobRow(run, rights)),
    lastError: seen.find(({ prevError }) => prevError !== undefined)?.prevError,
  };
}

export function scheduleRoutes(given: DashboardParts): Route[] {
  const parts = { ...given, runs: new ScheduleRuns(given.admin, given.environment) };
  return [...readingRoutes(parts), ...pausingRoutes(parts), runNowRoute(parts), removeRoute(parts)];
}

function readingRoutes(parts: RowParts): Route[] {
  const { admin } = parts;
  return [
    route({
      method: 'GET',
      path: 'schedules',
      summary: 'All schedules, by id.',
      reply: 'ScheduleList',
      answer: async (call) => {
        const [rights, all] = await Promise.all([jobRights(call.rights), admin.schedules()]);
        return {
          schedules: await fewAtOnce(all, MOST_CALLS, (one) => rowOf(parts, one, rights)),
        };
      },
    }),
    route({
      method: 'GET',
      path: 'schedules/:id',
      summary: 'One schedule.',
      reply: 'ScheduleRow',
      answer: async ({ params, rights }) =>
        rowOf(parts, await admin.schedule(params['id'] ?? ''), await jobRights(rights)),
    }),
  ];
}

function pausingRoutes({ admin }: RowParts): Route[] {
  const changed = (verb: 'pause' | 'resume', summary: string, act: (id: string) => Promise<void>) =>
    route({
      method: 'POST',
      path: `schedules/:id/${verb}`,
      summary,
      reply: 'Changed',
      does: `schedule.${verb}`,
      answer: async ({ params }) => {
        await act(params['id'] ?? '');
        return { changed: 1 };
      },
    });
  return [
    changed('pause', 'No slots until it is resumed; those missed meanwhile do not run.', (id) =>
      admin.pauseSchedule(id),
    ),
    changed('resume', 'Ends the pause.', (id) => admin.resumeSchedule(id)),
  ];
}

function runNowRoute({ admin, runs }: RowParts): Route {
  return route({
    method: 'POST',
    path: 'schedules/:id/run-now',
    summary: 'Runs it once, beside its slots; answers the id of the run.',
    reply: 'Created',
    does: 'schedule.run-now',
    answer: async ({ params }) => {
      const { id: scheduleId = '' } = params;
      const id = await admin.runNow(scheduleId);
      runs.remember(scheduleId, id);
      return { id };
    },
  });
}

function removeRoute({ admin }: RowParts): Route {
  return route({
    method: 'DELETE',
    path: 'schedules/:id',
    summary: 'Ends the schedule; its runs stay.',
    reply: 'Changed',
    does: 'schedule.remove',
    answer: async ({ params }) => {
      await admin.removeSchedule(params['id'] ?? '');
      return { changed: 1 };
    },
  });
}
