import type { InstanceParts } from '../instance-parts.js';
import { PrevDecoder } from '../workflow/prev-decoder.js';
import { Workflow } from '../workflow/workflow.js';
import { Awaiter } from './awaiter.js';
import { Canceller } from './canceller.js';
import { Deleter } from './deleter.js';
import { Enqueuer } from './enqueuer.js';
import { Finder } from './finder.js';
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
import { SpecSender, type Sender } from './spec-sender.js';
import { TracedSender } from './traced-sender.js';
import { UnsentMembers } from './unsent-members.js';

/** What client and admin are made of, put together. */
export class ClientParts {
  readonly gate: Gate;
  readonly view: JobView;
  readonly finder: Finder;
  readonly reader: Reader;
  readonly knownIds: KnownIds;
  readonly awaiter: Awaiter;
  readonly schedules: ScheduleSender;
  readonly canceller: Canceller;
  readonly deleter: Deleter;
  readonly retrier: Retrier;
  readonly #compiler: JobCompiler;
  readonly #sender: SpecSender;

  constructor(readonly setting: InstanceParts) {
    const { settings, broker, results, tasks, environment } = setting;
    const { codec, enqueueTimeoutMs } = settings;
    const { clock } = environment;
    const now = (): number => clock.now();
    this.gate = new Gate(clock, enqueueTimeoutMs);
    this.knownIds = new KnownIds(results, this.gate);
    this.view = new JobView(settings, tasks, now);
    const prev = new PrevDecoder(results, codec);
    this.finder = new Finder(broker, results);
    this.reader = new Reader({
      finder: this.finder,
      results,
      codec,
      view: this.view,
      prev,
    });
    this.awaiter = new Awaiter(this.reader, results, clock);

    const compiler = new JobCompiler(settings, tasks);
    this.#compiler = compiler;
    const enqueuer = new Enqueuer(broker, this.gate, { clock, timeoutMs: enqueueTimeoutMs });
    const workflow = new Workflow(broker, results, now, setting.news);
    const { knownIds, reader, view } = this;
    const together = broker.capabilities.atomicEnqueue;
    this.schedules = new ScheduleSender({ broker, knownIds, enqueuer, compiler, environment });
    this.#sender = new SpecSender({
      jobs: new JobSender({ compiler, enqueuer, knownIds, environment }),
      schedules: this.schedules,
      planCompiler: new PlanCompiler(compiler, { together, now }),
      plans: new PlanSender({ ...setting, knownIds, enqueuer, workflow }),
    });

    const unsent = new UnsentMembers(results, view, setting.news);
    this.canceller = new Canceller({ ...setting, workflow, reader, view, unsent });
    this.deleter = new Deleter({ ...setting, workflow, reader, canceller: this.canceller });
    this.retrier = new Retrier({ broker, results, reader, view, workflow });
  }

  /** Takes what is to be enqueued: by way of the tracer, if there is one. */
  get sender(): Sender {
    const { current } = this.setting.tracing;
    if (current === undefined) return this.#sender;
    return new TracedSender(current, this.#sender, (spec) => this.#compiler.queueOf(spec));
  }
}
