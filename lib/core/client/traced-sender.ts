import {
  allWithHeaders,
  chainWithHeaders,
  groupWithHeaders,
  withHeaders,
} from '../spec/headers.js';
import type { ChainSpec, GroupSpec, JobSpec } from '../spec/job-spec.js';
import { traced, type Sending, type SendTrace, type Tracing } from '../tracing.js';
import type { Sent } from './job-sender.js';
import type { SentPlan } from './plan-sender.js';
import type { Sender } from './spec-sender.js';

const idOf = ({ id }: Sent): string => id;
const noId = (): undefined => undefined;

/** Sends with headers that lead back to the caller. */
export class TracedSender implements Sender {
  constructor(
    private readonly tracing: Tracing,
    private readonly sender: Sender,
    private readonly queueOf: (spec: JobSpec) => string,
  ) {}

  job(spec: JobSpec): Promise<Sent> {
    const trace = this.#begin(spec.options.schedule === undefined ? 'job' : 'schedule', [spec]);
    return traced(trace, (headers) => this.sender.job(withHeaders(spec, headers)), idOf);
  }

  jobs(specs: readonly JobSpec[]): Promise<Sent[]> {
    const trace = this.#begin('jobs', specs);
    return traced(trace, (headers) => this.sender.jobs(allWithHeaders(specs, headers)), noId);
  }

  group(spec: GroupSpec): Promise<SentPlan> {
    const trace = this.#begin('group', spec.members);
    return traced(trace, (headers) => this.sender.group(groupWithHeaders(spec, headers)), idOf);
  }

  chain(spec: ChainSpec): Promise<SentPlan> {
    const jobs = spec.steps.flatMap((step) => (step.kind === 'job' ? [step] : step.members));
    const trace = this.#begin('chain', jobs);
    return traced(trace, (headers) => this.sender.chain(chainWithHeaders(spec, headers)), idOf);
  }

  #begin(kind: Sending['kind'], specs: readonly JobSpec[]): SendTrace {
    return this.tracing.send({
      kind,
      queue: common(specs.map(this.queueOf)),
      task: common(specs.map(({ task }) => task)),
      jobs: specs.length,
      cause: specs.length === 1 ? specs[0]?.options.headers : undefined,
      detached: false,
    });
  }
}

function common(values: readonly string[]): string | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}
