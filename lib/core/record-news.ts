import type { Environment } from './environment.js';
import type { EventBus } from './events.js';
import type { OutcomeTallies } from './outcomes/outcome-tallies.js';
import type { JobRecord } from './ports/record.js';

/** Tells of what happens to jobs outside any run: cancelled, deleted, or recorded as never able to run. */
export class RecordNews {
  constructor(
    private readonly events: EventBus,
    private readonly tallies: Pick<OutcomeTallies, 'count'>,
    private readonly environment: Environment,
  ) {}

  tell(record: JobRecord, name: 'failed' | 'cancelled' | 'deleted'): void {
    const { id: jobId, task, queue, attempt, errors } = record;
    const { clock, log } = this.environment;
    if (name !== 'deleted') this.tallies.count(queue, name);
    const error = name === 'failed' ? errors.at(-1)?.message : undefined;
    if (name === 'failed') log.error('job failed', { jobId, task, queue, attempt, error });
    if (!this.events.heard) return;
    const status = name === 'deleted' ? undefined : name;
    this.events.emit({ name, jobId, task, queue, at: new Date(clock.now()), status, error });
  }
}
