import type { CronReader } from '../cron.js';
import type { Environment } from '../environment.js';
import { EncodingError } from '../errors.js';
import { broken, NewerVersionError } from '../message/frame.js';
import { decodePlanBody } from '../message/plan-body.js';
import { decodeScheduleBody } from '../message/schedule-body.js';
import type { Broker, Delivery, Settlement } from '../ports/broker.js';
import type { PlanRecord } from '../ports/record.js';
import type { PlanProgress, Results } from '../ports/results.js';
import type { RecordNews } from '../record-news.js';
import { TickBatch } from '../tick-batch.js';
import type { TracingSlot } from '../tracing.js';
import { planAwaiting } from '../workflow/awaiting-plan.js';
import { slotId } from '../workflow/job-ids.js';
import { firstMessages, planRecord, type PlanBirth } from '../workflow/plan-start.js';
import { sendSlotRun } from '../workflow/traced-slot.js';
import type { Workflow } from '../workflow/workflow.js';
import { putBackMs } from './refusal.js';
import type { Session } from './session.js';
import { unreadableRecord } from './unreadable.js';

/** A plan or a slot that could not be worked on waits this long for the next try. */
const RETRY_MS = 1_000;
/** Plans that were given out together are stored together. */
const BATCH = { items: 100, inFlight: 2 } as const;

export interface ControlParts {
  readonly broker: Broker;
  readonly results: Results;
  readonly workflow: Workflow;
  readonly cron: CronReader;
  readonly log: Environment['log'];
  readonly news: RecordNews;
  readonly tracing: TracingSlot;
  readonly random: Environment['random'];
  readonly session: Pick<Session, 'countWorkers' | 'now'>;
}

/** Works on the messages that are no jobs: plans are expanded, schedules give rise to their runs. */
export class Control {
  readonly #plans: TickBatch<PlanRecord, PlanProgress | undefined>;

  constructor(private readonly parts: ControlParts) {
    this.#plans = new TickBatch((plans) => parts.results.plan(plans), BATCH);
  }

  /** How to settle the claim. Never rejects. */
  async handle(delivery: Delivery): Promise<Settlement> {
    const { receipt } = delivery;
    try {
      return delivery.kind === 'plan' ? await this.#expand(delivery) : await this.#slot(delivery);
    } catch (error) {
      if (error instanceof NewerVersionError && (await this.parts.session.countWorkers()) > 1)
        return { kind: 'retry', receipt, delayMs: putBackMs(this.parts.random) };
      if (error instanceof EncodingError) return this.#bury(delivery, error);
      this.parts.log.warn(`cannot work on ${delivery.kind} '${delivery.id}', trying again`, {
        error,
      });
      return { kind: 'retry', receipt, delayMs: RETRY_MS };
    }
  }

  /** Everything below has a fixed id: a plan delivered twice gives the same jobs (rule 10). */
  async #expand({ id, generation, body: encoded, receipt }: Delivery): Promise<Settlement> {
    const body = decodePlanBody(encoded);
    const birth = { id, generation, body };
    const { workflow } = this.parts;
    const [progress] = await this.#plans.add([planRecord(birth, encoded)]);
    if (progress === undefined) await this.#disown(birth);
    else {
      const refused = body.sent ? [] : await workflow.dispatcher.send(firstMessages(birth));
      if (refused.length > 0) await workflow.advancer.advance(refused);
      // Members that were sent with it may have ended before it was stored: nobody has moved it on then.
      const movesOn =
        body.form === 'chain' ? progress.open < progress.members : progress.open === 0;
      if (movesOn) await workflow.advancer.resume(id);
    }
    return { kind: 'ack', receipt };
  }

  /** A step whose id is somebody else's: its chain must not wait for it (rule 11). */
  async #disown({ id, generation, body }: PlanBirth): Promise<void> {
    const { results, workflow } = this.parts;
    const planId = body.form === 'group' ? body.chainId : undefined;
    const [found] = await results.get([id]);
    // A deleted one has been told as cancelled.
    if (planId === undefined || found?.record.kind === 'tombstone') return;
    const end = { planId, memberId: id, generation, status: 'failed', chain: true } as const;
    await workflow.advancer.advance([end]);
  }

  /** Of slots that were missed, the latest runs once. */
  async #slot({ id, dueAt, body: encoded, receipt }: Delivery): Promise<Settlement> {
    const { spec, run } = decodeScheduleBody(encoded);
    const problem = this.parts.cron.problem(spec);
    if (problem !== undefined) throw broken(problem);
    // Handed back or tried again, it is due later than its slot, and the slot is still the slot.
    const now = Math.max(dueAt, this.parts.session.now());
    const slotAt = this.parts.cron.latest(spec, now) ?? dueAt;
    const birth = { id: slotId(id, slotAt), enqueuedAt: now };
    const { tracing, workflow } = this.parts;
    const slotRun = { scheduleId: id, template: run, birth, detached: true };
    await sendSlotRun(tracing, slotRun, (message) => workflow.dispatcher.send([message]));
    const next = this.parts.cron.next(spec, now);
    return next === undefined ? { kind: 'ack', receipt } : { kind: 'retry', receipt, dueAt: next };
  }

  /** It can never be read: the failed list keeps its raw bytes. */
  async #bury(delivery: Delivery, error: EncodingError): Promise<Settlement> {
    const { id, receipt } = delivery;
    const { results, workflow } = this.parts;
    try {
      const planId = await planAwaiting(results, id);
      const record = unreadableRecord(delivery, { error, planId }, this.parts.session.now());
      const [reply] = await results.put([{ record, expect: 0 }]);
      if (reply?.stored) this.parts.news.tell(record, 'failed');
      const revision = reply?.stored ? reply.revision : 0;
      await workflow.aftermath.follow([{ record, revision }]);
      return { kind: 'ack', receipt };
    } catch (cause) {
      this.parts.log.warn(`cannot record the unreadable message '${delivery.id}', trying again`, {
        error: cause,
      });
      return { kind: 'retry', receipt, delayMs: RETRY_MS };
    }
  }
}
