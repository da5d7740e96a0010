import type { AsyncLocalStorage } from 'node:async_hooks';
import type { InstanceParts } from '../../core/instance-parts.js';
import { TasqueueClient } from '../../core/client/tasqueue-client.js';
import type { JobMessage } from '../../core/job-message.js';
import type { TaskEntry } from '../../core/task-entry.js';
import { Tasqueue, type TasqueueParts } from '../../core/tasqueue.js';
import { InlineClient } from '../inline/inline-client.js';
import { Offspring } from '../inline/offspring.js';
import type { ManualClock } from '../manual-clock.js';
import type { TestingMode } from '../testing-options.js';
import type { Changes } from './changes.js';
import { type HandlerFrame, HandlerFrames } from './handler-frames.js';
import { OnDemandRunner } from './on-demand-runner.js';
import type { TestBroker } from './test-broker.js';
import { Workload } from './workload.js';

/** What the instances of one application share. */
export interface TestTerms {
  readonly mode: TestingMode;
  /** Undefined in `live` mode. */
  readonly clock: ManualClock | undefined;
  readonly changes: Changes;
  readonly storage: AsyncLocalStorage<HandlerFrame>;
}

/** An instance under test: the real one, except for when its workers work. */
export class TestTasqueue extends Tasqueue {
  override readonly client: TasqueueClient;
  override readonly runner: OnDemandRunner;
  readonly broker: TestBroker;
  readonly workload: Workload;
  readonly frames: HandlerFrames;

  constructor(parts: TasqueueParts & { readonly broker: TestBroker }, terms: TestTerms) {
    super(parts);
    const { mode, clock, changes, storage } = terms;
    this.broker = parts.broker;
    this.runner = new OnDemandRunner(this.setting, {
      byItself: mode !== 'manual',
      clock,
      changes,
      announce: () => this.declareSchedules(),
    });
    this.broker.runners.push(this.runner);
    this.workload = new Workload(this.broker);
    this.frames = new HandlerFrames(storage, (queue) => this.runner.lendSlot(queue));
    const { workload, frames } = this;
    const offspring = new Offspring({ workload, frames, changes, results: parts.results });
    this.client =
      mode === 'inline'
        ? new InlineClient(this.clientParts, offspring, frames)
        : new TasqueueClient(this.clientParts);
  }

  /** What it works with. */
  get setting(): InstanceParts {
    return this.clientParts.setting;
  }

  override register(entries: readonly TaskEntry[]): void {
    super.register(entries.map((entry) => this.frames.around(entry)));
  }

  /** Every job, and every schedule but those of `@Task`, as it was when it was accepted. */
  enqueued(): JobMessage[] {
    return this.broker.journal.entries
      .map((entry) => this.clientParts.view.ofMessage(entry))
      .filter((message) => !this.#isDeclared(message));
  }

  #isDeclared({ id, task, schedule }: JobMessage): boolean {
    const { tasks } = this.setting;
    return schedule !== undefined && id === task && tasks.get(task)?.schedule !== undefined;
  }
}
