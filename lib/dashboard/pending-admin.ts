import type { TasqueueAdmin } from '../core/admin/tasqueue-admin.js';
import type { BulkStep, BulkStepRequest } from '../core/admin/bulk-step.js';
import type { Failures, FailuresRequest } from '../core/admin/failures/failure-group.js';
import type { HistorySpan, OutcomeHistory } from '../core/admin/history/outcome-history.js';
import type {
  JobCount,
  JobSearch,
  JobSearchPage,
  ScanRequest,
} from '../core/admin/search/search-types.js';
import type { WorkflowMessage } from '../core/admin/workflow-message.js';
import type { JobMessage } from '../core/job-message.js';

interface Seen {
  seenAs?: ((job: JobMessage) => JobMessage) | undefined;
}

/** Bridge until TasqueueAdmin has these itself; to be deleted then. */
export interface Admin extends TasqueueAdmin {
  search(request: JobSearch & Seen): Promise<JobSearchPage>;
  count(request: ScanRequest & Seen): Promise<JobCount>;
  bulk(request: BulkStepRequest & Seen): Promise<BulkStep>;
  failures(request: FailuresRequest & Seen): Promise<Failures>;
  history(span: HistorySpan, queue?: string): Promise<OutcomeHistory>;
  runJobNow(id: string): Promise<void>;
  setConcurrency(queue: string, concurrency: number): Promise<void>;
  tasks(): string[];
  workflow(id: string): Promise<WorkflowMessage>;
  retryFailed(id: string): Promise<number>;
}

export function withPending(admin: TasqueueAdmin): Admin {
  const own: object = {
    search: async ({ state, limit }: JobSearch) => {
      const queues = await admin.queues();
      const of = async (status: string) => {
        if (status === 'queued')
          return (
            await Promise.all(queues.map((queue) => admin.pending(queue, { limit })))
          ).flatMap(({ items }) => [...items]);
        if (status === 'scheduled' || status === 'retrying')
          return (
            await Promise.all(queues.map((queue) => admin.scheduled(queue, { limit })))
          ).flatMap(({ items }) => items.filter((item) => item.status === status));
        if (status === 'processing') return (await admin.processing({ limit })).items;
        if (status === 'successful') return (await admin.successful({ limit })).items;
        if (status === 'failed') return (await admin.failed({ limit })).items;
        return (await admin.cancelled({ limit })).items;
      };
      const states = state
        ? [state]
        : ['queued', 'scheduled', 'retrying', 'processing', 'successful', 'failed', 'cancelled'];
      const items = (await Promise.all(states.map(of))).flat();
      return { items, looked: items.length, of: items.length };
    },
    count: async () => ({ matched: 0, looked: 0, of: 0 }),
    bulk: async ({ action, ids = [] }: BulkStepRequest) => {
      for (const id of ids)
        await (action === 'retry'
          ? admin.retry(id)
          : action === 'cancel'
            ? admin.cancel(id)
            : admin.deleteJob(id));
      return { done: ids.length, skipped: 0, looked: ids.length, of: ids.length };
    },
    failures: async () => ({ groups: [], looked: 0, of: 0 }),
    history: async () => ({ stepMs: 10_000, steps: [] }),
    tasks: () => [],
    runJobNow: async () => {},
    setConcurrency: async () => {},
    workflow: async () => ({}),
    retryFailed: async () => 0,
  };
  return new Proxy(admin, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value === 'function') return value.bind(target);
      return value ?? Reflect.get(own, key);
    },
  }) as Admin;
}
