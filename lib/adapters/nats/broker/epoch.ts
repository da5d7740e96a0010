import { CODES, hasCode } from '../connection/failures.js';
import type { Ground } from './ground.js';
import type { Queues } from './queues.js';

/** What is stored of a run of the server. */
interface EpochFacts {
  /** New with each start of the server. */
  readonly server: string;
  /** By key of level: the last sequence that may have been handed out before this run. */
  readonly floors: Readonly<Record<string, number>>;
}

interface LastSequence {
  readonly state: { readonly last_seq: number };
}

/**
 * A server that was killed has forgotten its latest deliveries: what lay in the queues as it started
 * may have been given to somebody, whatever it counts now. Where servers stand in for one another
 * nobody can tell, and everything counts as given.
 */
export class Epoch {
  #facts: EpochFacts | undefined;
  /** Nothing is to be claimed before it is known. */
  #known: Promise<void> = Promise.resolve();

  constructor(
    private readonly ground: Ground,
    private readonly queues: Queues,
  ) {}

  get known(): Promise<void> {
    return this.#known;
  }

  /** Whether somebody may have been given the message before, without the server's knowing. */
  doubts(levelKey: string, sequence: number): boolean {
    return this.#facts === undefined || sequence <= (this.#facts.floors[levelKey] ?? 0);
  }

  /** After each connect, once all is prepared: is it still the same run of the server? */
  learn(prepare: () => Promise<void>): Promise<void> {
    this.#facts = undefined;
    const known = prepare().then(() => this.#learn());
    this.#known = known.catch(() => undefined);
    return known;
  }

  async #learn(): Promise<void> {
    const { info } = this.ground.link.connection;
    if (info === undefined || this.ground.link.isClustered || this.ground.settings.replicas > 1)
      return;
    const { jetStream, layout } = this.ground;
    for (;;) {
      const stored = await jetStream.lastOn(layout.control, layout.epoch);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this method alone
      const facts = stored && (JSON.parse(Buffer.from(stored.data).toString()) as EpochFacts);
      if (facts?.server === info.server_id) return void (this.#facts = facts);
      const next = { server: info.server_id, floors: await this.#floors() };
      try {
        const payload = Buffer.from(JSON.stringify(next));
        await jetStream.publish(layout.epoch, payload, stored?.sequence ?? 0);
        this.#facts = next;
        return;
      } catch (error) {
        if (!hasCode(error, CODES.wrongLastSequence)) throw error;
      }
    }
  }

  async #floors(): Promise<Record<string, number>> {
    const { jetStream } = this.ground;
    const floors: Record<string, number> = {};
    await Promise.all(
      this.queues.all().map(async ({ key, stream }) => {
        const { state } = await jetStream.request<LastSequence>(`STREAM.INFO.${stream}`);
        floors[key] = state.last_seq;
      }),
    );
    return floors;
  }
}
