/**
 * The JSON API below `<path>/api/`, as its callers (the pages, the command line) see it; types alone.
 * Calls that change something need `content-type: application/json` and `x-tasqueue-dashboard: 1`,
 * which no other site's page can send. Where an action is refused: 403 with a Refusal; unknown: 404.
 * All calls with their parameters and replies: `lib/dashboard/routes/`, and `GET openapi.json`.
 */
export type * from './changes.js';
export type * from './failures.js';
export type * from './jobs.js';
export type * from './live.js';
export type * from './overview.js';
export type * from './schedules.js';
export type * from './time.js';
export type * from './visitor.js';
export type * from './workers.js';
export type * from './workflows.js';
