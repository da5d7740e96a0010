import { added, decodeSums, NO_SUMS, type StepSums, type Sums } from '../../outcomes/topic-sums.js';
import { SCALES, stepAt, topicOf, type Scale } from '../../outcomes/scale.js';
import type { Results } from '../../ports/results.js';
import type { HistorySpan, OutcomeHistory } from './outcome-history.js';

/** Adds up what all processes have told of outcomes. */
export class HistoryReader {
  constructor(
    private readonly results: Pick<Results, 'notices'>,
    /** Server time as far as this process knows it, epoch ms. */
    private readonly now: () => number,
  ) {}

  /** Of one queue, or of all. */
  async read(span: HistorySpan, queue?: string): Promise<OutcomeHistory> {
    const scale = SCALES[span];
    const last = stepAt(scale, this.now());
    const steps = Array.from({ length: scale.steps }, (_, at) => last - scale.steps + 1 + at);
    const told = await this.#toldIn(scale, steps);
    const sums = new Map<number, Sums>();
    for (const one of told)
      if (queue === undefined || one.queue === queue)
        sums.set(one.step, added(sums.get(one.step) ?? NO_SUMS, one));
    return {
      stepMs: scale.stepMs,
      steps: steps.map((step) => ({
        from: new Date(step * scale.stepMs),
        ...(sums.get(step) ?? NO_SUMS),
      })),
    };
  }

  async #toldIn(scale: Scale, steps: readonly number[]): Promise<readonly StepSums[]> {
    const topics = new Set(steps.map((step) => topicOf(scale, step)));
    const found = await Promise.all([...topics].map((topic) => this.results.notices(topic)));
    return found.flat().flatMap(({ body }) => decodeSums(body));
  }
}
