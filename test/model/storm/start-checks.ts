import { crashDelayMs } from '../../../lib/core/lease.js';
import type { Start } from './chronicle.js';
import { LEASE_MS, MAX_CRASHES, type Surroundings } from './surroundings.js';

/** Which promises the start of a handler breaks. */
export function wrongStart(scene: Surroundings, start: Start): string[] {
  return [...untimely(scene, start), ...unwanted(scene, start), ...miscounted(scene, start)].map(
    (why) => `'${start.id}' (${start.payload.tag}) ${why}`,
  );
}

/** Too early or too late. */
function untimely({ chronicle, resultsWatch }: Surroundings, start: Start): string[] {
  const { at, id, generation, payload } = start;
  const life = chronicle.lives.find(({ tag }) => tag === payload.tag);
  const wrong: string[] = [];
  if (life && at < life.sentAt + (life.terms.delay ?? 0))
    wrong.push('ran before its delay was over');
  if (life?.expiresAt !== undefined && at > life.expiresAt + LEASE_MS)
    wrong.push('ran long after it had expired');
  if (at < resultsWatch.notBefore(id, generation)) wrong.push('ran before its retry was due');
  const slot = /^schedule:(.+)$/.exec(id)?.[1];
  if (slot !== undefined && at < Date.parse(slot)) wrong.push('ran before its slot');
  return wrong;
}

/** Over already. */
function unwanted(
  { chronicle, resultsWatch }: Surroundings,
  { id, generation, at }: Start,
): string[] {
  if (chronicle.resent.has(id)) return [];
  return resultsWatch
    .outcomesOf(id)
    .filter(({ record }) => record.generation === generation)
    .filter((outcome) => outcome.record.status !== 'cancelled' || at > outcome.at + 1.5 * LEASE_MS)
    .map(({ record }) => `ran although it was ${record.status}`)
    .slice(0, 1);
}

/** Attempts and crashes that are not what they were. */
function miscounted({ chronicle, brokerWatch }: Surroundings, start: Start): string[] {
  const { id, generation, attempt, crashes, receipt, at } = start;
  const isOfIt = (one: { id: string; generation: number }): boolean =>
    one.id === id && one.generation === generation;
  const wrong: string[] = [];
  if (crashes >= MAX_CRASHES) wrong.push(`ran although ${crashes} workers had died of it`);
  const earlier = chronicle.given.filter((given) => isOfIt(given) && given.receipt !== receipt);
  const counted = earlier.filter((given) => given.counted).length;
  if (crashes > counted) wrong.push(`counts ${crashes} crashes after ${counted} starts`);
  const before = chronicle.starts.filter(isOfIt);
  if (before.some((one) => one.attempt >= attempt)) wrong.push(`counts attempt ${attempt} twice`);
  const last = earlier.at(-1);
  const sweptAt = last && brokerWatch.sessions.sweptAt(last.session);
  if (
    sweptAt !== undefined &&
    last &&
    crashes > last.crashes &&
    at < sweptAt + crashDelayMs(crashes)
  )
    wrong.push('ran before the delay that follows a crash');
  return wrong;
}
