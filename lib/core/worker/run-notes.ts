import type { Codec } from '../codec.js';
import { encodeValue } from '../encoded-value.js';
import { CancelledError, InvalidStateError, LeaseLostError } from '../errors.js';
import type { WriteReply, RecordWrite, Results } from '../ports/results.js';
import { validate } from '../schema-check.js';
import { TickBatch } from '../tick-batch.js';
import { goesOnFromOwn } from './lost-confirmation.js';
import type { Run } from './run.js';
import type { Session } from './session.js';
import type { RunActions } from './run-context.js';

const BATCH = { items: 256, inFlight: 4 } as const;

/**
 * What a run stores while it runs: results saved early, progress, log lines, and the mere fact that
 * it runs. Writes of one run go one after the other, each fenced by the one before.
 */
export class RunNotes implements RunActions {
  readonly #batch: TickBatch<RecordWrite, WriteReply>;

  constructor(
    results: Results,
    private readonly session: Pick<Session, 'live' | 'recover'>,
    private readonly codec: Codec,
    private readonly onError: (run: Run, error: unknown) => void,
  ) {
    this.#batch = new TickBatch((writes) => results.put(writes), BATCH);
  }

  async save(run: Run, value: unknown): Promise<void> {
    this.#refuseEnded(run);
    const schema = run.entry?.result;
    const checked = schema && value !== undefined ? await validate(schema, value, 'result') : value;
    this.#refuseEnded(run);
    run.result = encodeValue(this.codec, checked, 'result');
    await this.write(run);
  }

  async progress(run: Run, value: unknown): Promise<void> {
    this.#refuseEnded(run);
    run.progress = encodeValue(this.codec, value, 'progress');
    await this.write(run);
  }

  log(run: Run, line: string): void {
    if (run.ended) return;
    run.addLog(line);
    if (run.writing === undefined)
      this.write(run).catch((error: unknown) => this.onError(run, error));
    else run.unwritten = true;
  }

  /** Stores the run as it stands. */
  write(run: Run): Promise<void> {
    const writing = (run.writing ?? Promise.resolve()).then(() => this.#put(run));
    const ended = (): void => {
      if (run.writing === guarded) run.writing = undefined;
    };
    const guarded: Promise<void> = writing.then(ended, ended);
    run.writing = guarded;
    return writing;
  }

  /** What is left to write before the outcome is. */
  async settled(run: Run): Promise<void> {
    while (run.writing) await run.writing;
  }

  async #put(run: Run): Promise<void> {
    // Past its own lease a worker reclaims before it sends anything (rule 14).
    if (!this.session.live) await this.session.recover();
    if (run.claim.lost) throw overtaken(run);
    // A late write of an ended attempt must not touch the state of what came after it.
    if (run.ended) return;
    run.unwritten = false;
    const write = { record: run.toRecord('processing'), expect: run.revision };
    const [reply] = await this.#batch.add([write]);
    if (reply?.stored) {
      run.revision = reply.revision;
      if (run.unwritten && !run.ended) await this.#put(run);
      return;
    }
    if (goesOnFromOwn(run, reply?.current)) return this.#put(run);
    const current = reply?.current?.record;
    const lost =
      current?.kind === 'job' && current.status !== 'cancelled'
        ? overtaken(run)
        : new CancelledError(`job '${run.id}' was cancelled or deleted`);
    run.abandon(lost);
    throw lost;
  }

  #refuseEnded(run: Run): void {
    if (run.ended)
      throw (
        run.interrupted ??
        new InvalidStateError(`job '${run.id}': this attempt is over, nothing more can be saved`)
      );
  }
}

function overtaken(run: Run): LeaseLostError {
  return new LeaseLostError(`another run of job '${run.id}' has begun`);
}
