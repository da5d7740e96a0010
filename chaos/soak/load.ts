import { chain, group, job, type JobSpec, type TasqueueClient } from 'nestjs-tasqueue';

const TURN_MS = 100;
const TURNS_PER_S = 1_000 / TURN_MS;
/** Of a second's jobs: a group of so many, and a chain of so many. */
const MEMBERS = 5;
const STEPS = 3;

/** A steady load of every kind: plain jobs, delayed ones, failures, groups, chains, a schedule. */
export class Load {
  enqueued = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #underWay = new Set<Promise<unknown>>();
  #turn = 0;

  constructor(
    private readonly client: TasqueueClient,
    private readonly rate: number,
  ) {}

  async start(): Promise<void> {
    if (this.rate === 0) return;
    await this.client.enqueue('tick', undefined, { id: 'every-second', schedule: '* * * * * *' });
    this.#timer = setInterval(() => this.#take(), TURN_MS);
  }

  /** Resolves once all that was asked for is answered. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#timer) await this.client.cancel('every-second');
    this.#timer = undefined;
    await Promise.all(this.#underWay);
  }

  #take(): void {
    this.#turn += 1;
    const once = this.#turn % TURNS_PER_S === 0;
    const jobs = Math.max(1, Math.round(this.rate / TURNS_PER_S) - (once ? MEMBERS + STEPS : 0));
    const turn = this.#send(
      Array.from({ length: jobs }, (_, index) => aJob(this.#turn + index)),
      once,
    );
    this.#underWay.add(turn);
    void turn.finally(() => void this.#underWay.delete(turn));
  }

  /** What the server refuses for a moment, while it is busy, is simply not asked for again. */
  async #send(jobs: readonly JobSpec[], once: boolean): Promise<void> {
    try {
      const [first] = await this.client.enqueueMany(jobs);
      this.enqueued += jobs.length;
      if (once) await this.#sendOnce();
      // One is waited for, as a caller would.
      await first?.result({ timeout: 60_000 }).catch(() => undefined);
    } catch (error) {
      console.error('not enqueued', error);
    }
  }

  async #sendOnce(): Promise<void> {
    const part = (index: number): JobSpec => aJob(index);
    await this.client.enqueueGroup(
      group(Array.from({ length: MEMBERS }, (_, index) => part(index))),
    );
    await this.client.enqueueChain(chain(Array.from({ length: STEPS }, (_, index) => part(index))));
    this.enqueued += MEMBERS + STEPS;
  }
}

/** One in twenty comes later, one in thirty fails once, one in a hundred for good. */
function aJob(number: number): JobSpec {
  const failures = number % 100 === 7 ? 3 : number % 30 === 5 ? 1 : 0;
  const payload = { takesMs: number % 8, failures, text: 'x'.repeat(100) };
  return job('work', payload, number % 20 === 3 ? { delay: 500 } : {});
}
