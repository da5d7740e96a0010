import type * as core from '../../core/admin/failures/failure-group.js';
import type { FailureGroup } from '../contract/index.js';
import { instant } from '../views/instants.js';
import { text } from './parameters.js';
import type { DashboardParts } from './parts.js';
import { type Call, type Route, route } from './route.js';

interface FailuresQuery {
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
}

function groupOf({ firstAt, lastAt, ...group }: core.FailureGroup): FailureGroup {
  return { ...group, firstAt: instant(firstAt), lastAt: instant(lastAt) };
}

export function failureRoutes({ admin, redactor }: DashboardParts): Route[] {
  return [
    route({
      method: 'GET',
      path: 'failures',
      summary: 'Failed jobs by task and error, within one bounded step; go on with `next`.',
      reply: 'Failures',
      query: { q: text('As of `GET jobs`.'), cursor: text('`next` of the step before.') },
      answer: async ({ query: { q, cursor } }: Call<FailuresQuery>) => {
        const seenAs = redactor.job.bind(redactor);
        const step = await admin.failures({ query: q, cursor, seenAs });
        const { groups, looked, of, next } = step;
        return { groups: groups.map(groupOf), scanned: { looked, of }, next };
      },
    }),
  ];
}
