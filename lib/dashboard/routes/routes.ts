import { failureRoutes } from './failure-routes.js';
import { jobRoutes } from './job-routes.js';
import { overviewRoutes } from './overview-routes.js';
import type { DashboardParts } from './parts.js';
import { queueRoutes } from './queue-routes.js';
import type { Route } from './route.js';
import { scheduleRoutes } from './schedule-routes.js';
import { visitorRoutes } from './visitor-routes.js';
import { workerRoutes } from './worker-routes.js';
import { workflowRoutes } from './workflow-routes.js';

/** The calls of the API. The stream `live` is none of them: it does not end. */
export function allRoutes(parts: DashboardParts): Route[] {
  return [
    ...visitorRoutes(parts),
    ...overviewRoutes(parts),
    ...queueRoutes(parts),
    ...jobRoutes(parts),
    ...workflowRoutes(parts),
    ...scheduleRoutes(parts),
    ...failureRoutes(parts),
    ...workerRoutes(parts),
  ];
}
