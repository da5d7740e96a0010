import type { InstanceParts } from '../instance-parts.js';
import type { Delivery, Settlement } from '../ports/broker.js';
import { Workflow } from '../workflow/workflow.js';
import { Beginner } from './beginner.js';
import { Claim, type Settled } from './run.js';
import { Conclusion } from './conclusion.js';
import { Control } from './control.js';
import { Executor } from './executor.js';
import { Fetcher } from './fetcher.js';
import { HandlerCall } from './handler-call.js';
import { HeldClaims } from './held-claims.js';
import { inOwnContext } from './own-context.js';
import { Pool, type PoolActions } from './pool.js';
import { PrevDecoder } from '../workflow/prev-decoder.js';
import { ReadAhead } from './read-ahead.js';
import { Recorder } from './recorder.js';
import { RunContext } from './run-context.js';
import { RunNotes } from './run-notes.js';
import { RunWatch } from './run-watch.js';
import { Session } from './session.js';
import { Transitions } from './transitions.js';

/** Outcomes that may be on their way at once, per slot, before nothing more starts. */
const UNCONFIRMED_PER_SLOT = 4;
const LEAST_UNCONFIRMED = 2_048;

/**
 * One worker process: its session, a pool per queue, and the line from claim to settlement, put
 * together. `WorkerLife` starts and stops it.
 */
export class Worker {
  /** All that would be lost with the lease. */
  readonly claims = new HeldClaims(() => [
    ...this.pools.values(),
    this.recorder,
    this.fetcher,
    { held: () => this.#controlled },
  ]);
  readonly pools = new Map<string, Pool>();
  readonly session: Session;
  readonly fetcher: Fetcher;
  readonly recorder: Recorder;
  readonly watch: RunWatch;
  readonly #executor: Executor;
  readonly #control: Control;
  /** Handlers that go on although their attempt is over. */
  abandoned = 0;
  readonly #controlled = new Set<Claim>();
  readonly #onIdle: (() => void)[] = [];

  constructor(private readonly parts: InstanceParts) {
    const { broker, results, settings, environment } = parts;
    this.session = new Session(broker, settings.leaseMs, environment, {
      held: () => this.claims.receipts(),
      lost: (receipts) => this.claims.lose(receipts),
      gone: (receipts) => this.claims.remove(receipts),
      renewed: () => this.fetcher.renewed(),
      queues: () => [...this.pools.keys()],
    });
    const now = (): number => this.session.now();
    const { clock, log } = environment;
    const workflow = new Workflow(broker, results, now, parts.news);
    const notes = new RunNotes(results, this.session, settings.codec, (run, error) =>
      log.warn('cannot store what a job has noted', { jobId: run.id, error }),
    );
    const contexts = { codec: settings.codec, actions: notes };
    const transitions = new Transitions(parts.events, log, now, (run) =>
      RunContext.ofUnstarted(run, contexts),
    );
    const { session, pools } = this;
    const control = (delivery: Delivery): void => void this.#handleControl(delivery);
    const recheck = (settled: readonly Settled[]): void => void this.recorder.recheck(settled);
    this.fetcher = new Fetcher({ broker, session, pools, environment, control, recheck });
    this.recorder = this.#makeRecorder(workflow, transitions);
    this.#control = new Control({ ...parts, ...environment, workflow, session });
    const running = () => this.claims.running();
    this.watch = new RunWatch(clock, running, (run) => void notes.write(run).catch(() => {}));
    this.#executor = this.#makeExecutor(workflow, notes, transitions);
  }

  addPool(queue: string, concurrency: number): void {
    const { settings, environment } = this.parts;
    const actions: PoolActions = {
      claimed: (claims) => this.#executor.foresee(claims),
      execute: (claim) => inOwnContext(() => this.#executor.execute(claim)),
      giveBack: (claims) => this.#giveBack(claims),
      wanting: () => {
        this.fetcher.request();
        this.#tellIdle();
      },
      mayStart: () => this.#mayStart(),
    };
    const readAhead = new ReadAhead(settings.readAhead);
    const { clock } = environment;
    this.pools.set(queue, new Pool(queue, concurrency, { readAhead, clock, actions }));
  }

  /** Handlers at work, and plans and schedules being worked on. */
  get busy(): number {
    let busy = this.#controlled.size;
    for (const pool of this.pools.values()) busy += pool.running;
    return busy;
  }

  /** Once nothing runs. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle.push(resolve);
      this.#tellIdle();
    });
  }

  #tellIdle(): void {
    if (this.#onIdle.length > 0 && this.busy === 0)
      for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #makeRecorder(workflow: Workflow, transitions: Transitions): Recorder {
    return new Recorder({
      ...this.parts,
      session: this.session,
      workflow,
      settle: (settled) => this.#settled(settled),
      recorded: (outcome) => {
        this.parts.tallies.count(outcome.record.queue, outcome.record.status);
        transitions.recorded(outcome);
      },
    });
  }

  #makeExecutor(workflow: Workflow, notes: RunNotes, transitions: Transitions): Executor {
    const { settings, environment, results, tasks, tracing } = this.parts;
    const { session, recorder, watch } = this;
    const conclusion = new Conclusion({ environment, session, recorder, notes, transitions });
    return new Executor({
      tasks,
      settings,
      environment,
      session,
      results,
      tracing,
      beginner: new Beginner(results, session),
      reopener: workflow.reopener,
      conclusion,
      handlerCall: new HandlerCall({
        codec: settings.codec,
        clock: environment.clock,
        prev: new PrevDecoder(results, settings.codec),
        actions: notes,
        conclusion,
        onStart: (run) => {
          watch.wake();
          transitions.processing(run);
        },
        onAbandoned: (change) => {
          this.abandoned += change;
        },
      }),
      settle: (claim, settlement) => this.fetcher.settle([{ claim, settlement }]),
    });
  }

  async #handleControl(delivery: Delivery): Promise<void> {
    const claim = new Claim(delivery, true);
    this.#controlled.add(claim);
    const settlement: Settlement = await this.#control.handle(delivery);
    this.#controlled.delete(claim);
    this.#tellIdle();
    this.fetcher.settle([{ claim, settlement }]);
  }

  #settled(settled: Parameters<Fetcher['settle']>[0]): void {
    this.fetcher.settle(settled);
    for (const pool of this.pools.values()) pool.fill();
  }

  #giveBack(claims: readonly Claim[]): void {
    this.fetcher.settle(
      claims.map((claim) => ({
        claim,
        settlement: { kind: 'release', receipt: claim.delivery.receipt, started: false },
      })),
    );
  }

  /** At the bound nothing starts until the stores have caught up; the session goes on beating. */
  #mayStart(): boolean {
    const unconfirmed = this.recorder.unconfirmed + this.fetcher.unconfirmed;
    if (unconfirmed < LEAST_UNCONFIRMED) return true;
    let slots = 0;
    for (const pool of this.pools.values()) slots += pool.concurrency;
    return unconfirmed < slots * UNCONFIRMED_PER_SLOT;
  }
}
