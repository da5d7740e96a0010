import type { Results } from '../ports/results.js';
import { markOfGroup } from './plan-state.js';

/** Takes back the end of the group or chain that a job belongs to, because the job runs again. */
export class Reopener {
  constructor(private readonly results: Results) {}

  /** And that of the chain above. Does nothing where this run, or a later one, has been heard of. */
  async reopen(planId: string, memberId: string, generation: number): Promise<void> {
    const [before] = await this.results.get([planId]);
    if (before?.record.kind !== 'plan') return;
    const { memberIds, generations, cancelled } = before.record;
    if ((generations[memberIds.indexOf(memberId)] ?? Infinity) >= generation) return;
    await this.results.mark([
      ...(cancelled
        ? [{ planId, generation: before.record.generation, status: 'open' as const }]
        : []),
      { planId, memberId, generation, status: 'open' },
    ]);
    const [after] = await this.results.get([planId]);
    if (after?.record.kind !== 'plan' || after.record.planId === undefined) return;
    await this.reopen(after.record.planId, planId, markOfGroup(after.record).generation);
  }
}
