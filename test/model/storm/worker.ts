import type { JobContext } from '../../../lib/core/job-context.js';
import type { Machine } from '../../support/faults/machine.js';
import type { Payload } from './act.js';
import type { Start } from './chronicle.js';
import { wrongStart } from './start-checks.js';
import { QUEUE, type Surroundings } from './surroundings.js';

/** A machine that was killed is there again after this long; ms. */
const REVIVAL_MS = 5_000;

/** Since when nothing has happened to a machine. */
export interface Health {
  at: number;
}

/** A machine, and its name in the chronicle. */
interface Host {
  readonly machine: Machine;
  readonly name: string;
}

/** A place for a worker: the machine that holds it may be killed, and is replaced. */
export class Worker {
  readonly health: Health = { at: 0 };
  #machine: Machine | undefined;
  /** Starts on the machine that is there now. */
  #starts: Start[] = [];
  #serial = 0;

  constructor(
    private readonly place: string,
    private readonly scene: Surroundings,
    private readonly build: (name: string, health: Health) => Machine,
  ) {}

  /** Of the machine that is there now, or was last. */
  get name(): string {
    return `${this.place}.${this.#serial}`;
  }

  /** Undefined while it is dead. */
  get machine(): Machine | undefined {
    return this.#machine;
  }

  /** Something has happened to it. */
  disturb(): void {
    this.health.at = this.scene.clock.now();
  }

  revive(): void {
    if (this.#machine) return;
    this.disturb();
    this.#starts = [];
    this.#serial += 1;
    const { name } = this;
    const machine = this.build(name, this.health);
    this.#machine = machine;
    machine.task('work', (payload: Payload, ctx) => this.#run({ machine, name }, payload, ctx), {
      queue: QUEUE,
    });
    this.scene.ask(() => machine.start());
  }

  crash(): void {
    this.disturb();
    this.#machine?.crash();
    this.#machine?.clock.freeze();
    this.#machine = undefined;
    this.scene.clock.timer(REVIVAL_MS, () => this.revive());
  }

  /** A deploy: it leaves in order, and comes back. */
  restart(): void {
    const machine = this.#machine;
    if (!machine) return;
    this.disturb();
    this.#machine = undefined;
    this.scene.ask(() => machine.tasqueue.close());
    this.scene.clock.timer(REVIVAL_MS, () => this.revive());
  }

  async #run({ machine, name }: Host, payload: Payload, ctx: JobContext): Promise<unknown> {
    const { act } = payload;
    const start = this.#note(name, payload, ctx);
    const times = this.scene.chronicle.startsOf(payload.tag).length;
    if (this.#machine === machine) this.#starts.push(start);
    const atWork = this.#starts.filter((one) => one.endedAt === undefined && !one.signal.aborted);
    if (atWork.length > this.scene.setting.concurrency)
      this.scene.chronicle.broken.push(`${name} ran ${atWork.length} handlers at once`);
    if (times <= act.deadly && this.#machine === machine) {
      this.crash();
      return new Promise(() => {});
    }
    await lasts(machine, act.ms, act.notes ? ctx : undefined);
    start.endedAt = this.scene.clock.now();
    start.threw = times <= act.fails;
    if (start.threw) throw new Error(`failure ${times} of ${payload.tag}`);
    return 'x'.repeat(act.size);
  }

  #note(machine: string, payload: Payload, ctx: JobContext): Start {
    const { chronicle, clock, brokerWatch } = this.scene;
    const given = brokerWatch.latest(machine, ctx.id);
    const { id, task, attempt, crashes, retried, signal } = ctx;
    const start: Start = {
      id,
      task,
      attempt,
      crashes,
      retried,
      signal,
      machine,
      payload,
      generation: given?.generation ?? 0,
      session: given?.session ?? '',
      receipt: given?.receipt ?? '',
      at: clock.now(),
      endedAt: undefined,
      threw: false,
    };
    chronicle.broken.push(...wrongStart(this.scene, start));
    chronicle.starts.push(start);
    return start;
  }
}

async function lasts(machine: Machine, ms: number, notes: JobContext | undefined): Promise<void> {
  if (ms === 0) return;
  const pause = (part: number) =>
    new Promise<void>((resolve) => void machine.clock.timer(part, resolve));
  await pause(ms / 2);
  void notes?.progress(50).catch(() => {});
  await pause(ms / 2);
}
