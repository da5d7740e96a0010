import type { Environment } from './environment.js';
import type { EventBus } from './events.js';
import type { Settings } from './options.js';
import type { OutcomeTallies } from './outcomes/outcome-tallies.js';
import type { Broker } from './ports/broker.js';
import type { Results } from './ports/results.js';
import type { RecordNews } from './record-news.js';
import type { TaskTable } from './task-table.js';
import type { TracingSlot } from './tracing.js';

/** What client and workers of one instance share. */
export interface InstanceParts {
  readonly settings: Settings;
  readonly broker: Broker;
  readonly results: Results;
  readonly tasks: TaskTable;
  readonly events: EventBus;
  readonly news: RecordNews;
  readonly tracing: TracingSlot;
  readonly tallies: OutcomeTallies;
  /** Server time as far as this process knows it, epoch ms. */
  readonly serverNow: () => number;
  readonly environment: Environment;
}
