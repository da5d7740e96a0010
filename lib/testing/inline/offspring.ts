import { decodePlanBody } from '../../core/message/plan-body.js';
import type { PlanRecord } from '../../core/ports/record.js';
import type { Results } from '../../core/ports/results.js';
import { followUpIds } from '../../core/workflow/follow-ups.js';
import { ownerName } from '../../core/workflow/job-ids.js';
import type { Changes } from '../laboratory/changes.js';
import type { HandlerFrames } from '../laboratory/handler-frames.js';
import type { Workload } from '../laboratory/workload.js';

export interface OffspringParts {
  readonly workload: Workload;
  readonly results: Results;
  readonly frames: HandlerFrames;
  readonly changes: Changes;
}

/** A job, group or chain with all that it gives rise to. */
export class Offspring {
  constructor(private readonly parts: OffspringParts) {}

  /**
   * Once all of it has run as far as it can: what is left waits for time to pass, for a worker, or for
   * a paused queue to be resumed.
   */
  async rests(id: string): Promise<void> {
    await this.#rests(id, new Set());
  }

  async #rests(id: string, seen: Set<string>): Promise<void> {
    if (seen.has(id)) return;
    seen.add(id);
    await this.#leavesWork(id);
    await this.parts.frames.callsEnded(id);
    // One after the other: a step exists once the one before it has been settled.
    for (const child of await this.#children(id)) await this.#rests(child, seen);
  }

  async #leavesWork(id: string): Promise<void> {
    const { workload, changes } = this.parts;
    for (let change = changes.next(); await workload.holds(id); change = changes.next())
      await change;
  }

  /** What follows is accepted before a job is settled: all that there will be is there. */
  async #children(id: string): Promise<readonly string[]> {
    const [found] = await this.parts.results.get([id]);
    if (found?.record.kind === 'job')
      return [...found.record.onSuccessIds, ...found.record.onErrorIds];
    return found?.record.kind === 'plan' ? planChildren(found.record) : [];
  }
}

function planChildren({ id, generation, memberIds, body }: PlanRecord): string[] {
  const plan = decodePlanBody(body);
  const owner = ownerName(id, generation);
  return [
    ...memberIds,
    ...followUpIds(owner, 'error', plan.onError),
    ...(plan.form === 'group' ? followUpIds(owner, 'success', plan.onSuccess) : []),
    ...(plan.form === 'group' ? followUpIds(owner, 'complete', plan.onComplete) : []),
  ];
}
