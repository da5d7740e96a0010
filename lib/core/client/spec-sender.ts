import type { ChainSpec, GroupSpec, JobSpec } from '../spec/job-spec.js';
import type { JobSender, Sent } from './job-sender.js';
import type { PlanCompiler } from './plan-compiler.js';
import type { PlanSender, SentPlan } from './plan-sender.js';
import type { ScheduleSender } from './schedule-sender.js';

/** The way that each kind of spec takes. */
export interface Sender {
  job(spec: JobSpec): Promise<Sent>;
  jobs(specs: readonly JobSpec[]): Promise<Sent[]>;
  group(spec: GroupSpec): Promise<SentPlan>;
  chain(spec: ChainSpec): Promise<SentPlan>;
}

export interface SpecSenderParts {
  readonly jobs: JobSender;
  readonly schedules: ScheduleSender;
  readonly planCompiler: PlanCompiler;
  readonly plans: PlanSender;
}

/** Compiles what is to be enqueued, and sends it. */
export class SpecSender implements Sender {
  constructor(private readonly parts: SpecSenderParts) {}

  /** Throws, or rejects, as the compiler does. */
  job(spec: JobSpec): Promise<Sent> {
    const { schedule } = spec.options;
    const { jobs, schedules } = this.parts;
    return schedule === undefined ? jobs.send(spec) : schedules.send(spec, schedule);
  }

  /** One invalid job: nothing is sent. */
  jobs(specs: readonly JobSpec[]): Promise<Sent[]> {
    return this.parts.jobs.sendMany(specs);
  }

  async group(spec: GroupSpec): Promise<SentPlan> {
    return this.parts.plans.send(spec.id, await this.parts.planCompiler.group(spec));
  }

  async chain(spec: ChainSpec): Promise<SentPlan> {
    return this.parts.plans.send(spec.id, await this.parts.planCompiler.chain(spec));
  }
}
