import { TasqueueAdmin } from './admin/tasqueue-admin.js';
import { Acceptances } from './acceptances.js';
import { BoundedBroker } from './bounded-broker.js';
import { BoundedResults } from './bounded-results.js';
import { ClientParts } from './client/client-parts.js';
import { TasqueueClient } from './client/tasqueue-client.js';
import type { Environment } from './environment.js';
import { InvalidOptionsError } from './errors.js';
import { EventRelay } from './event-relay.js';
import { EventBus } from './events.js';
import { Checkup } from './health/checkup.js';
import type { Diagnosis, HealthLimits } from './health/diagnosis.js';
import { unfailing } from './log.js';
import type { Settings } from './options.js';
import { OutcomeTallies } from './outcomes/outcome-tallies.js';
import type { Broker } from './ports/broker.js';
import type { Results } from './ports/results.js';
import { RecordNews } from './record-news.js';
import { scheduleProblems } from './spec/schedule-checks.js';
import { job } from './spec/job.js';
import { Startup } from './startup.js';
import { StoreTroubles } from './store-troubles.js';
import type { TaskEntry } from './task-entry.js';
import { TaskTable } from './task-table.js';
import { TracingSlot } from './tracing.js';
import { TasqueueRunner } from './worker/tasqueue-runner.js';

export interface TasqueueParts {
  readonly settings: Settings;
  readonly broker: Broker;
  readonly results: Results;
  readonly environment: Environment;
}

/**
 * One Tasqueue instance, put together: made → `register` → `connect` → `start` → `stop` → `close`.
 * Each may be called again, or early, without harm.
 */
export class Tasqueue {
  readonly settings: Settings;
  /** Of this process. */
  readonly events: EventBus;
  /** Of all processes; undefined unless the option `events` says so. */
  readonly allEvents: EventRelay | undefined;
  readonly tracing = new TracingSlot();
  readonly troubles: StoreTroubles;
  readonly client: TasqueueClient;
  readonly admin: TasqueueAdmin;
  readonly runner: TasqueueRunner;
  readonly #parts: TasqueueParts;
  readonly #tasks = new TaskTable();
  /** For those who derive an instance with a client or a runner of another kind. */
  protected readonly clientParts: ClientParts;
  readonly #startup: Startup;
  readonly #tallies: OutcomeTallies;
  #connecting: Promise<void> | undefined;
  #stopped = false;
  #closing: Promise<void> | undefined;

  constructor(given: TasqueueParts) {
    const environment = { ...given.environment, log: unfailing(given.environment.log) };
    const parts = { ...given, environment };
    this.#parts = parts;
    this.settings = parts.settings;
    const { clock } = environment;
    const { enqueueTimeoutMs } = parts.settings;
    this.events = eventBus(environment);
    const acceptances = new Acceptances(this.events, clock);
    const broker = new BoundedBroker(parts.broker, { clock, enqueueTimeoutMs, acceptances });
    const results = new BoundedResults(parts.results, clock);
    if (parts.settings.events === 'all') this.allEvents = this.#relay(broker, environment);
    const { events, tracing } = this;
    this.troubles = new StoreTroubles(clock, environment.log);
    const serverNow = (): number => this.runner.serverNow();
    const report = this.troubles.reporter('results', results.name);
    const tallies = new OutcomeTallies({ ...environment, results, now: serverNow, report });
    this.#tallies = tallies;
    const news = new RecordNews(events, tallies, environment);
    const common = { broker, results, tasks: this.#tasks, events, news, tracing };
    const shared = { ...parts, ...common, tallies, serverNow };
    this.#startup = new Startup({ ...parts, troubles: this.troubles });
    this.clientParts = new ClientParts(shared);
    this.client = new TasqueueClient(this.clientParts);
    this.admin = new TasqueueAdmin(this.clientParts);
    this.runner = new TasqueueRunner(shared, () => this.#prepareStart());
  }

  /**
   * Takes the handlers of this process. Throws DuplicateTaskError, QueueConcurrencyConflictError, or
   * InvalidOptionsError for a schedule that cannot be read or never fires.
   */
  register(entries: readonly TaskEntry[]): void {
    this.#tasks.register(entries);
    const problems = entries.flatMap(({ owner, schedule }) =>
      scheduleProblems(schedule, this.#parts.environment.cron).map(
        (problem) => `${owner}: ${problem}`,
      ),
    );
    if (problems.length > 0) throw new InvalidOptionsError('@Task', problems);
  }

  /** Connects the stores; until then calls wait. With `onStartup: 'lazy'` it resolves at once. */
  async connect(): Promise<void> {
    if (this.#closing) return;
    if (this.#connecting === undefined) {
      this.#connecting = this.#startup.connect();
      this.clientParts.gate.connecting(this.#connecting);
      this.#connecting.then(
        () => this.allEvents?.start(),
        // Whoever waits for the connection is told.
        () => {},
      );
    }
    if (this.settings.onStartup !== 'lazy') await this.#connecting;
  }

  /** Declares the schedules of its tasks and starts the workers, as role and `autoStart` say. */
  async start(): Promise<void> {
    if (!this.settings.autoStart || this.settings.role === 'producer' || this.#closing) return;
    if (this.settings.onStartup === 'lazy') {
      void this.#startLazily();
      return;
    }
    await (this.#connecting ?? this.connect());
    // Connecting may have taken until after the stop.
    if (!this.#stopped) await this.runner.start();
  }

  /** How this instance fares, told in bounded time whatever the stores do. Never rejects. */
  examine(limits: HealthLimits): Promise<Diagnosis> {
    const { broker, results, environment } = this.#parts;
    const { runner, troubles } = this;
    const { gate } = this.clientParts;
    const { clock } = environment;
    const checkup = new Checkup({ broker, results, runner, gate, troubles, clock });
    return checkup.examine(limits);
  }

  /** Drains the workers of this process; then nobody waits for a result any more. They do not come back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.runner.stop();
    this.clientParts.awaiter.close();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Enqueues the schedules of its tasks; one that is known keeps its next slot. */
  protected async declareSchedules(): Promise<void> {
    for (const { name, schedule } of this.#tasks.entries())
      if (schedule !== undefined)
        await this.client.enqueue(job(name, undefined, { id: name, schedule }));
  }

  /** The stores have to be there, and this instance must not be closed. */
  async #prepareStart(): Promise<void> {
    await this.clientParts.gate.pass();
    await this.declareSchedules();
  }

  async #startLazily(): Promise<void> {
    try {
      await this.connect();
      await this.#connecting;
    } catch (error) {
      this.#parts.environment.log.error('the workers could not be started', { error });
      return;
    }
    if (!this.#stopped) await this.runner.startPatiently();
  }

  async #close(): Promise<void> {
    // Workers may be waiting to start.
    this.clientParts.gate.giveUp();
    await this.stop();
    this.clientParts.gate.close();
    await this.allEvents?.close();
    await this.#tallies.close();
    await this.#startup.close();
  }

  #relay(broker: Broker, environment: Environment): EventRelay {
    const { host, pid, random, log } = environment;
    const all = eventBus(environment);
    const origin = { host, pid };
    return new EventRelay({ own: this.events, all, broker, origin, teller: random.id(), log });
  }
}

function eventBus({ host, pid, log }: Environment): EventBus {
  return new EventBus({ host, pid }, (error) =>
    log.error('a listener of Tasqueue events threw', { error }),
  );
}
