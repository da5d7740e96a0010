import type { JobTemplate } from '../message/job-terms.js';
import {
  hasOwnId,
  isGroupTemplate,
  type ChainBody,
  type GroupBody,
  type GroupTemplate,
  type StepTemplate,
} from '../message/plan-body.js';
import type { ChainSpec, GroupSpec, JobSpec } from '../spec/job-spec.js';
import { DEFAULT_QUEUE } from '../task-table.js';
import type { JobCompiler } from './job-compiler.js';

/** Groups and chains from spec to what travels: every job in them is checked before anything is sent. */
export class PlanCompiler {
  constructor(
    private readonly jobs: JobCompiler,
    private readonly settings: { readonly together: boolean; readonly now: () => number },
  ) {}

  async group(spec: GroupSpec): Promise<GroupBody> {
    const template = await this.#groupTemplate(spec);
    const named = spec.id !== undefined || hasOwnId(template.members);
    return { form: 'group', ...template, ...this.#travel(queueOf(template), named) };
  }

  async chain(spec: ChainSpec): Promise<ChainBody> {
    const steps: StepTemplate[] = [];
    for (const step of spec.steps)
      steps.push(step.kind === 'group' ? await this.#groupTemplate(step) : await this.#job(step));
    const [first] = steps;
    const named = spec.id !== undefined || hasOwnId(steps.slice(0, 1));
    const queue = first && (isGroupTemplate(first) ? queueOf(first) : first.queue);
    return {
      form: 'chain',
      steps,
      onError: await this.jobs.compileAll(spec.onError),
      ...this.#travel(queue ?? DEFAULT_QUEUE, named),
    };
  }

  async #groupTemplate(spec: GroupSpec): Promise<GroupTemplate> {
    return {
      id: spec.id,
      members: await this.jobs.compileAll(spec.members),
      onSuccess: await this.jobs.compileAll(spec.onSuccess),
      onError: await this.jobs.compileAll(spec.onError),
      onComplete: await this.jobs.compileAll(spec.onComplete),
    };
  }

  async #job(spec: JobSpec): Promise<JobTemplate> {
    return this.jobs.compile(spec);
  }

  /** With an own id among those sent first, all of it depends on the acceptance of the plan. */
  #travel(queue: string, named: boolean) {
    const sent = this.settings.together && !named;
    return { enqueuedAt: this.settings.now(), queue, sent };
  }
}

/** A plan travels where its first work is done, so that a worker that can do the one expands the other. */
function queueOf({ members, onSuccess, onComplete }: GroupTemplate): string {
  return (members[0] ?? onSuccess[0] ?? onComplete[0])?.queue ?? DEFAULT_QUEUE;
}
