import { BrokerUnavailableError } from '../../../lib/core/errors.js';
import type { JobOptions, JobSpec } from '../../../lib/core/spec/job-spec.js';
import { job } from '../../../lib/core/spec/job.js';
import { CALM_ACT, type Payload, type Terms } from './act.js';
import type { Life, PlanLife } from './chronicle.js';
import type { Scene } from './scene.js';
import { QUEUE } from './surroundings.js';

type Sent = Promise<{ readonly id: string; readonly duplicate: boolean }>;

/** How often what was not confirmed is sent again. */
const MOST_TRIES = 40;

export const note = (tag: string): JobSpec =>
  job('work', { tag, act: CALM_ACT } satisfies Payload, { queue: QUEUE });

/** The options of a job on these terms. */
export function optionsOf(scene: Scene, terms: Terms): JobOptions {
  const { maxRetries, backoff, delay, priority, expiresInMs } = terms;
  const expiresAt = expiresInMs === undefined ? undefined : expiryOf(scene, expiresInMs);
  const fixed = { type: 'fixed', delay: backoff } as const;
  return { queue: QUEUE, maxRetries, backoff: fixed, delay, priority, expiresAt };
}

export function expiryOf({ clock }: Scene, expiresInMs: number): Date {
  return new Date(clock.now() + expiresInMs);
}

/** Sends, and sends again under the same ids until it is known what became of it. */
export function send(
  scene: Scene,
  lives: readonly (Life | PlanLife)[],
  call: (id: string | undefined) => Sent,
): void {
  const attempt = async (id: string | undefined, tries: number): Promise<void> => {
    try {
      const { duplicate } = await call(id);
      // After an answer that was lost, it may be the first try's.
      const standing = duplicate ? (tries === 1 ? 'other' : 'unsure') : 'accepted';
      for (const life of lives) life.standing = standing;
    } catch (error) {
      if (!(error instanceof BrokerUnavailableError)) throw error;
      const [lost] = error.ids;
      if (lost === undefined) {
        scene.chronicle.broken.push('rule 4: an unconfirmed enqueue does not name its ids');
        return;
      }
      if (id === undefined) scene.chronicle.resent.add(lost);
      if (tries === MOST_TRIES) return;
      scene.clock.timer(1_000, () => scene.ask(() => attempt(lost, tries + 1)));
    }
  };
  scene.ask(() => attempt(undefined, 1));
}
