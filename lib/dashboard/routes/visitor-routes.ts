import type { DashboardParts } from './parts.js';
import { type Route, route } from './route.js';

export function visitorRoutes({ admin, settings, version }: DashboardParts): Route[] {
  return [
    route({
      method: 'GET',
      path: 'visitor',
      summary: 'Who looks, and what they may do.',
      reply: 'Visitor',
      answer: async ({ rights }) => {
        const [actions, queues] = await Promise.all([rights.all(), admin.queues()]);
        return {
          user: rights.user,
          actions,
          version,
          traceLink: settings.traceLink,
          tasks: admin.tasks(),
          queues,
        };
      },
    }),
  ];
}
