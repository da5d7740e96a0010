import type * as core from '../../core/admin/workflow-message.js';
import type { Workflow, WorkflowNode } from '../contract/index.js';
import type { Redactor } from '../redaction/redactor.js';
import type { DashboardParts } from './parts.js';
import { type Route, route } from './route.js';

function nodeOf(member: core.WorkflowMember, redactor: Redactor): WorkflowNode {
  const { id, kind, status, task, error, members } = member;
  return {
    id,
    kind,
    state: status,
    task,
    error: error === undefined ? undefined : redactor.text(error),
    members: members?.map((one) => nodeOf(one, redactor)),
  };
}

function shown(workflow: core.WorkflowMessage, redactor: Redactor): Workflow {
  const { id, kind, status, members, of, callbacks, chainId } = workflow;
  return {
    id,
    kind,
    state: status,
    nodes: members.map((member) => nodeOf(member, redactor)),
    of,
    callbacks: callbacks.map(({ status: state, ...callback }) => ({ ...callback, state })),
    chainId,
  };
}

export function workflowRoutes({ admin, redactor }: DashboardParts): Route[] {
  return [
    route({
      method: 'GET',
      path: 'workflows/:id',
      summary: 'A group or a chain as a picture.',
      reply: 'Workflow',
      answer: async ({ params }) => shown(await admin.workflow(params['id'] ?? ''), redactor),
    }),
    route({
      method: 'POST',
      path: 'workflows/:id/retry-failed',
      summary: 'Runs its failed members again.',
      reply: 'Changed',
      does: 'job.retry',
      answer: async ({ params }) => ({ changed: await admin.retryFailed(params['id'] ?? '') }),
    }),
    route({
      method: 'POST',
      path: 'workflows/:id/cancel',
      summary: 'Cancels what has not ended of it.',
      reply: 'Changed',
      does: 'job.cancel',
      answer: async ({ params }) => ({
        changed: (await admin.cancel(params['id'] ?? '')) ? 1 : 0,
      }),
    }),
  ];
}
