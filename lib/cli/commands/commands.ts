import type { Command } from '../command.js';
import { bulkCommands } from './bulk.js';
import { failuresCommand } from './failures.js';
import { jobCommands } from './jobs.js';
import { overviewCommand } from './overview.js';
import { queueCommands } from './queues.js';
import { scheduleCommands } from './schedules.js';
import { workersCommand } from './workers.js';
import { workflowCommand } from './workflow.js';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  overviewCommand,
  ...jobCommands,
  ...bulkCommands,
  ...queueCommands,
  workflowCommand,
  ...scheduleCommands,
  failuresCommand,
  workersCommand,
];
