import type { TasqueueAdmin } from '../../core/admin/tasqueue-admin.js';
import type { HistorySpan, OutcomeHistory } from '../../core/admin/history/outcome-history.js';

/** What `TasqueueAdmin.history()` will be; to be deleted once it is there. */
interface Historian {
  history?(span: HistorySpan, queue?: string): Promise<OutcomeHistory>;
}

/** None while the admin keeps none: charts are empty then, and rates are 0. */
export async function historyOf(
  admin: TasqueueAdmin & Historian,
  span: HistorySpan,
  queue?: string,
): Promise<OutcomeHistory> {
  return admin.history ? admin.history(span, queue) : { stepMs: 10_000, steps: [] };
}
