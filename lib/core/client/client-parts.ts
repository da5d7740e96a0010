import type { Environment } from '../environment.js';
import type { EventBus } from '../events.js';
import type { Settings } from '../options.js';
import type { Broker } from '../ports/broker.js';
import type { Results } from '../ports/results.js';
import type { TaskTable } from '../task-table.js';
import { PrevDecoder } from '../workflow/prev-decoder.js';
import { Workflow } from '../workflow/workflow.js';
import { Awaiter } from './awaiter.js';
import { Canceller } from './canceller.js';
import { Deleter } from './deleter.js';
import { Enqueuer } from './enqueuer.js';
import { Gate } from './gate.js';
import { JobCompiler } from './job-compiler.js';
import { JobSender } from './job-sender.js';
import { JobView } from './job-view.js';
import { KnownIds } from './known-ids.js';
import { PlanCompiler } from './plan-compiler.js';
import { PlanSender } from './plan-sender.js';
import { Reader } from './reader.js';
import { Retrier } from './retrier.js';
import { ScheduleSender } from './schedule-sender.js';
import { UnsentMembers } from './unsent-members.js';

export interface ClientSetting {
  readonly settings: Settings;
  readonly broker: Broker;
  readonly results: Results;
  readonly tasks: TaskTable;
  readonly events: EventBus;
  readonly environment: Environment;
}

/** What client and admin are made of, put together. */
export class ClientParts {
  readonly gate: Gate;
  readonly view: JobView;
  readonly reader: Reader;
  readonly knownIds: KnownIds;
  readonly awaiter: Awaiter;
  readonly jobs: JobSender;
  readonly planCompiler: PlanCompiler;
  readonly plans: PlanSender;
  readonly schedules: ScheduleSender;
  readonly canceller: Canceller;
  readonly deleter: Deleter;
  readonly retrier: Retrier;

  constructor(readonly setting: ClientSetting) {
    const { settings, broker, results, tasks, events, environment } = setting;
    const now = (): number => environment.clock.now();
    const workflow = new Workflow(broker, results, now);
    const compiler = new JobCompiler(settings, tasks);
    this.gate = new Gate(environment.clock, settings.enqueueTimeoutMs);
    const enqueuer = new Enqueuer(broker, this.gate);
    this.view = new JobView(settings, tasks, now);
    const { codec } = settings;
    const prev = new PrevDecoder(results, codec);
    this.reader = new Reader({ broker, results, codec, view: this.view, prev });
    const reader = this.reader;
    this.awaiter = new Awaiter(reader, results, environment.clock);
    this.knownIds = new KnownIds(results, this.gate);
    const { knownIds } = this;
    this.jobs = new JobSender({ compiler, enqueuer, knownIds, environment });
    this.planCompiler = new PlanCompiler(compiler, {
      together: broker.capabilities.atomicEnqueue,
      now,
    });
    this.plans = new PlanSender({
      broker,
      results,
      knownIds,
      enqueuer,
      workflow,
      environment,
    });
    this.schedules = new ScheduleSender({ broker, knownIds, enqueuer, compiler, environment });
    this.canceller = new Canceller({
      broker,
      results,
      workflow,
      reader,
      view: this.view,
      unsent: new UnsentMembers(results, this.view),
      events,
      environment,
    });
    this.deleter = new Deleter({
      broker,
      results,
      reader,
      canceller: this.canceller,
      workflow,
      events,
      environment,
    });
    this.retrier = new Retrier({ broker, results, reader, view: this.view, workflow });
  }
}
