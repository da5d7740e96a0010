/** Ids may hold anything: a slash or a percent sign in one stays one segment of the path. */
const segment = encodeURIComponent;

export const jobPath = (id: string): string => `jobs/${segment(id)}`;

export const queuePath = (name: string, verb: string): string => `queues/${segment(name)}/${verb}`;

export const workflowPath = (id: string, verb?: string): string =>
  verb === undefined ? `workflows/${segment(id)}` : `workflows/${segment(id)}/${verb}`;

export const schedulePath = (id: string, verb?: string): string =>
  verb === undefined ? `schedules/${segment(id)}` : `schedules/${segment(id)}/${verb}`;
