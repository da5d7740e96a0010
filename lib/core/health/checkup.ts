import type { Gate } from '../client/gate.js';
import type { Clock } from '../clock.js';
import { within } from '../deadline.js';
import { TimeoutError } from '../errors.js';
import type { Broker } from '../ports/broker.js';
import type { Results } from '../ports/results.js';
import type { StoreTroubles } from '../store-troubles.js';
import type { TasqueueRunner } from '../worker/tasqueue-runner.js';
import { type Backlog, diagnose, type Diagnosis, type HealthLimits } from './diagnosis.js';

export interface CheckupParts {
  readonly broker: Broker;
  readonly results: Results;
  readonly runner: TasqueueRunner;
  readonly gate: Gate;
  readonly troubles: Pick<StoreTroubles, 'current'>;
  readonly clock: Clock;
}

/** Finds out how an instance fares, in bounded time and whatever its stores do. */
export class Checkup {
  constructor(private readonly parts: CheckupParts) {}

  /** Never rejects. What goes wrong is told without addresses: health is shown to strangers. */
  async examine(limits: HealthLimits): Promise<Diagnosis> {
    const { broker, results, runner, troubles } = this.parts;
    const { timeoutMs, maxPending } = limits;
    const [brokerProblem, resultsProblem, backlog] = await Promise.all([
      this.#ask(`the broker '${broker.name}'`, timeoutMs, () => broker.ping()),
      this.#ask(`the results store '${results.name}'`, timeoutMs, () => results.ping()),
      maxPending === undefined ? undefined : this.#backlog(timeoutMs),
    ]);
    const findings = {
      broker: brokerProblem,
      results: resultsProblem,
      workers: runner.status,
      backlog,
      troubles: troubles.current(),
    };
    return diagnose(findings, limits);
  }

  /** What is wrong with whom is asked; undefined when it answers in time. */
  #ask(who: string, timeoutMs: number, ask: () => Promise<unknown>): Promise<string | undefined> {
    const answered = this.#throughGate(ask).then(
      () => undefined,
      () => `${who} cannot be reached`,
    );
    return this.#inTime(timeoutMs, answered, `${who} did not answer`);
  }

  /** Undefined where there are no queues; a sentence when they cannot be counted in time. */
  #backlog(timeoutMs: number): Promise<Backlog | string | undefined> {
    const failed = 'the waiting jobs could not be counted';
    const counted = this.#throughGate(() => this.#fullest()).catch(() => failed);
    return this.#inTime(timeoutMs, counted, failed);
  }

  /** The answer, which must not reject, or what is to be said when it is late. */
  #inTime<T>(timeoutMs: number, answer: Promise<T>, late: string): Promise<T | string> {
    const tooLate = `${late} within ${timeoutMs} ms`;
    return within(this.parts.clock, timeoutMs, answer, () => new TimeoutError(tooLate)).catch(
      () => tooLate,
    );
  }

  async #fullest(): Promise<Backlog | undefined> {
    const { inspect } = this.parts.broker;
    const queues = await this.#queues();
    const backlogs = await Promise.all(
      queues.map(async (queue) => {
        const { waiting, claimed } = await inspect.counts(queue);
        return { queue, pending: waiting + claimed };
      }),
    );
    return backlogs.toSorted((a, b) => b.pending - a.pending)[0];
  }

  /** Those that this process works on; where it works on none, all that the broker has. */
  async #queues(): Promise<readonly string[]> {
    const own = Object.keys(this.parts.runner.status.slots);
    return own.length > 0 ? own : this.parts.broker.inspect.queues();
  }

  async #throughGate<T>(ask: () => Promise<T>): Promise<T> {
    await this.parts.gate.pass();
    return ask();
  }
}
