import type { TasqueueAdmin } from '../../core/admin/tasqueue-admin.js';
import type { Environment } from '../../core/environment.js';
import type { DashboardSettings } from '../dashboard-settings.js';
import type { QueueTable } from '../live/queue-table.js';
import type { Redactor } from '../redaction/redactor.js';

/** What routes work with. */
export interface DashboardParts {
  readonly admin: TasqueueAdmin;
  readonly environment: Environment;
  readonly settings: DashboardSettings;
  readonly redactor: Redactor;
  readonly queues: QueueTable;
  /** Of this package. */
  readonly version: string;
}
