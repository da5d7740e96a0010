import { isFinal } from '../job-status.js';
import type { Delivery } from '../ports/broker.js';
import type { JobRecord, Versioned } from '../ports/record.js';
import type { RecordWrite, Results } from '../ports/results.js';
import { TickBatch } from '../tick-batch.js';
import type { Claim, Run } from './run.js';
import type { Session } from './session.js';

/** What to do with a claimed job, now that the results have been asked (rules 1, 2 and 3). */
export type Begun =
  /** Run it; its state continues where earlier attempts ended. */
  | { readonly kind: 'run' }
  /** Its outcome is recorded: see that all that follows was dispatched, then acknowledge. */
  | { readonly kind: 'done'; readonly found: Versioned<JobRecord> }
  /** Its next attempt is not due yet. */
  | { readonly kind: 'early'; readonly delayMs: number }
  /** Overtaken by a later generation: acknowledge. */
  | { readonly kind: 'gone' }
  /** Deleted, which for its group or chain is as good as cancelled. */
  | { readonly kind: 'deleted' }
  /** The id belongs to another job, group or chain: its own plan must not wait for it (rule 11). */
  | { readonly kind: 'foreign' };

type Decision = Begun | { readonly kind: 'write'; readonly write: RecordWrite };

const RUN = { kind: 'run' } as const;

/** A run that is to begin with this write. */
interface Intent {
  readonly run: Run;
  readonly write: RecordWrite;
}

/** Two workers racing for one record take turns; more than this in a row is no race any more. */
const MOST_ROUNDS = 10;
const BATCH = { items: 256, inFlight: 4 } as const;
const LOOKS = { items: 512, inFlight: 4 } as const;

/** Starts runs that are not certain to be the first: looks at the record, and fences out earlier runs. */
export class Beginner {
  readonly #batch = new TickBatch<Run, Begun>((runs) => this.#beginAll(runs), BATCH);
  readonly #looks = new TickBatch<Claim, never>((claims) => this.#look(claims), LOOKS);

  constructor(
    private readonly results: Results,
    private readonly session: Pick<Session, 'live' | 'now' | 'recover'>,
  ) {}

  /**
   * Looks up what was claimed together, in one call: nothing is on record of most of it, and that may then
   * start at once. What is recorded after a claim reaches it as with a fresh one.
   */
  foresee(claims: readonly Claim[]): void {
    const unknown = claims.filter(({ delivery }) => isNew(delivery));
    if (unknown.length === 0) return;
    const looked = this.#looks.add(unknown).then(
      () => {},
      // It is looked up again when it starts.
      () => {},
    );
    for (const claim of unknown) claim.look = looked;
  }

  /** Nothing was on record when it was claimed, and nobody else can have been given it since. */
  isKnownNew({ unrecorded, suspect }: Claim): boolean {
    return unrecorded && !suspect && this.session.live;
  }

  async begin(run: Run): Promise<Begun> {
    const { claim } = run;
    await claim.look;
    if (this.isKnownNew(claim)) return RUN;
    const [begun] = await this.#batch.add([run]);
    return begun ?? { kind: 'gone' };
  }

  async #look(claims: readonly Claim[]): Promise<readonly never[]> {
    const found = await this.results.get(claims.map(({ delivery }) => delivery.id));
    for (const [index, claim] of claims.entries()) claim.unrecorded = found[index] === undefined;
    return [];
  }

  async #beginAll(runs: readonly Run[]): Promise<Begun[]> {
    const begun = new Map<Run, Begun>();
    let open = runs;
    for (let round = 0; open.length > 0 && round < MOST_ROUNDS; round++)
      open = await this.#round(open, begun);
    // Still contended: leave it to a later delivery.
    return runs.map((run) => begun.get(run) ?? { kind: 'early', delayMs: 1_000 });
  }

  /** Gives the runs whose record changed between the look and the write. */
  async #round(runs: readonly Run[], begun: Map<Run, Begun>): Promise<Run[]> {
    const found = await this.results.get(runs.map(({ id }) => id));
    // Past its own lease a worker reclaims before it sends anything: another may have begun (rule 14).
    if (!this.session.live) await this.session.recover();
    const intents: Intent[] = [];
    runs.forEach((run, index) => {
      // What was lost goes on only to find itself interrupted.
      const decision = run.claim.lost ? RUN : this.#decide(run, found[index]);
      if (decision.kind === 'write') intents.push({ run, write: decision.write });
      else begun.set(run, decision);
    });
    if (intents.length === 0) return [];
    const replies = await this.results.put(intents.map(({ write }) => write));
    return intents.flatMap(({ run, write }, index) => {
      const reply = replies[index];
      if (!reply?.stored) return [run];
      run.continueFrom(write.record, reply.revision);
      begun.set(run, RUN);
      return [];
    });
  }

  #decide(run: Run, found: Versioned | undefined): Decision {
    const { generation, redelivered } = run.delivery;
    if (found === undefined || found.record.kind === 'tombstone') {
      if (found !== undefined && found.record.generation >= generation) return { kind: 'deleted' };
      // Never given out before and nothing on record: as good as fresh, its outcome creates the record.
      if (!redelivered) return RUN;
      // The earlier run left no trace, but it was one, and may yet try to; and it was a start (rule 13).
      run.run = 2;
      if (run.starts) run.attempt = 2;
      return { kind: 'write', write: { record: this.#processing(run), expect: 0 } };
    }
    if (found.record.kind === 'plan' || found.record.planId !== run.planId)
      return { kind: 'foreign' };
    return this.#decideOnRecord(run, found.record, found.revision);
  }

  #decideOnRecord(run: Run, record: JobRecord, revision: number): Decision {
    const { generation } = run.delivery;
    if (record.generation > generation) return { kind: 'gone' };
    const reopens = record.generation < generation;
    if (!reopens && isFinal(record.status)) return { kind: 'done', found: { record, revision } };
    const delayMs = reopens ? 0 : (record.retryAt ?? 0) - this.session.now();
    if (delayMs > 0) return { kind: 'early', delayMs };
    run.continueFrom(record, revision);
    run.run = record.run + 1;
    run.attempt = record.attempt + (run.starts ? 1 : 0);
    run.result = undefined;
    if (reopens) run.retried = 0;
    return { kind: 'write', write: { record: this.#processing(run), expect: revision } };
  }

  #processing(run: Run): JobRecord {
    if (run.starts) run.processedAt = this.session.now();
    return run.toRecord('processing');
  }
}

/** Neither fresh nor known to have been given out before. */
function isNew({ fresh, redelivered, generation }: Delivery): boolean {
  return !fresh && !redelivered && generation === 1;
}
