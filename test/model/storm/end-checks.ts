import { isFinal } from '../../../lib/core/job-status.js';
import type { Life, PlanLife } from './chronicle.js';
import type { Scene } from './scene.js';
import { MAX_CRASHES, QUEUE } from './surroundings.js';

/** Which promises are broken once everything has had time to end. */
export async function wrongEnds(scene: Scene): Promise<string[]> {
  const { chronicle } = scene;
  return [
    ...doubled(scene),
    ...chronicle.lives.flatMap((life) => wrongLife(scene, life)),
    ...chronicle.plans.flatMap((plan) => wrongPlan(scene, plan)),
    ...wrongWishes(scene),
    ...deaf(scene),
    ...missedSlots(scene),
    ...(await leftovers(scene)),
  ];
}

/** More than one outcome of one generation; a follow-up under several ids. */
function doubled({ chronicle, resultsWatch, witness }: Scene): string[] {
  const wrong: string[] = [];
  try {
    witness.confirm();
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error));
  }
  const ids = new Map<string, Set<string>>();
  for (const { id, payload } of chronicle.starts)
    if (payload.tag.includes(' of #'))
      ids.set(payload.tag, (ids.get(payload.tag) ?? new Set()).add(id));
  for (const [tag, known] of ids)
    if (known.size > 1) wrong.push(`'${tag}' came ${known.size} times`);
  for (const id of new Set(resultsWatch.written.map(({ record }) => record.id))) {
    const last = resultsWatch.written.findLast(({ record }) => record.id === id)?.record;
    if (
      last &&
      !isFinal(last.status) &&
      !chronicle.wishes.some((wish) => wish.kind === 'delete' && id.startsWith(wish.id))
    )
      wrong.push(`'${id}' is ${last.status} for ever`);
  }
  return wrong;
}

/** What nobody interfered with has run, has ended as it had to, and what follows has come. */
function wrongLife(scene: Scene, life: Life): string[] {
  const { chronicle, resultsWatch } = scene;
  const { id, tag, terms, standing, plan } = life;
  if (standing !== 'accepted' || id === undefined || chronicle.garbled.has(id)) return [];
  if (chronicle.isTouched(id) || chronicle.isTouched('')) return [];
  if (chronicle.lives.some((other) => other !== life && other.id === id) || plan !== undefined)
    return [];
  const outcome = resultsWatch.outcomesOf(id).at(-1)?.record;
  if (outcome === undefined) return [`'${id}' (${tag}) was accepted, and has no outcome`];
  const wrong: string[] = [];
  const starts = chronicle.startsOf(tag);
  if (outcome.status === 'failed' && !mayFail(scene, life))
    wrong.push(`'${id}' (${tag}) failed for no reason: ${outcome.errors.at(-1)?.message}`);
  if (outcome.status === 'successful' && starts.length === 0)
    wrong.push(`'${id}' (${tag}) has not run`);
  const throws = starts.filter(({ threw }) => threw).length;
  if (outcome.retried > throws) wrong.push(`'${id}' (${tag}) used a retry for nothing`);
  const hasFollowed = life.follows.some((follow) => chronicle.startsOf(follow).length > 0);
  const due = life.follows.length > 0 && terms.act.size < 1_000;
  if (due && !hasFollowed && !garbledFollow(scene, id))
    wrong.push(`'${id}' (${tag}) has not been followed`);
  return wrong;
}

const garbledFollow = ({ chronicle }: Scene, id: string): boolean =>
  [...chronicle.garbled].some((one) => one.startsWith(`${id}:`));

function mayFail({ chronicle }: Scene, { id, terms, expiresAt }: Life): boolean {
  const counted = chronicle.given.filter((given) => given.id === id && given.counted).length;
  return (
    terms.task !== 'work' ||
    terms.act.fails > terms.maxRetries ||
    terms.act.deadly > 0 ||
    expiresAt !== undefined ||
    counted >= MAX_CRASHES
  );
}

/** One of its ends comes, once it was accepted; unless somebody interfered. */
function wrongPlan({ chronicle, setting }: Scene, plan: PlanLife): string[] {
  if (plan.standing !== 'accepted' || chronicle.isTouched(plan.id) || chronicle.isTouched(''))
    return [];
  if (chronicle.plans.some((other) => other !== plan && other.id === plan.id)) return [];
  const ends = plan.ends.filter((end) => chronicle.startsOf(end).length > 0);
  const lost = [...chronicle.garbled].some((id) => id.startsWith(`${plan.id}:`));
  const isLarge = setting.maxBodyBytes !== undefined;
  if (ends.length === 0 && !lost && !isLarge) return [`${plan.form} '${plan.id}' has not ended`];
  if (ends.length > 1) return [`${plan.form} '${plan.id}' has ended in two ways`];
  return [];
}

function wrongWishes({ chronicle, resultsWatch }: Scene): string[] {
  return chronicle.wishes.flatMap(({ kind, id, doneAt, answer }) => {
    if (doneAt === undefined || answer === 'refused') return [];
    const others = chronicle.wishes.filter(
      (wish) => wish.id === id || id.startsWith(`${wish.id}:`),
    );
    const outcomes = resultsWatch.outcomesOf(id).map(({ record }) => record);
    const isPlan = chronicle.plans.some((plan) => plan.id === id);
    if (isPlan) return [];
    if (
      kind === 'retry' &&
      others.every((wish) => wish.kind === 'retry') &&
      !outcomes.some(({ generation }) => generation > 1)
    )
      return [`'${id}' was retried, and did not run again`];
    const isAlone = others.every((wish) => wish.kind === 'cancel');
    if (
      kind === 'cancel' &&
      answer === true &&
      isAlone &&
      outcomes.length > 0 &&
      outcomes.at(-1)?.status !== 'cancelled'
    )
      return [`'${id}' was cancelled, and ${outcomes.at(-1)?.status} afterwards`];
    return [];
  });
}

/** Handlers that go on although another worker has their job, and were not told. */
function deaf({ chronicle, workers }: Scene): string[] {
  const alive = new Set(workers.map(({ name }) => name));
  return chronicle.starts
    .filter(
      ({ endedAt, signal, machine }) =>
        endedAt === undefined && !signal.aborted && alive.has(machine),
    )
    .map(
      ({ id, payload }) => `the handler of '${id}' (${payload.tag}) goes on, and nobody told it`,
    );
}

/** In calm times each slot of a schedule has one run. */
function missedSlots({ chronicle, clock, calmAt, resultsWatch }: Scene): string[] {
  if (chronicle.scheduledAt === undefined || chronicle.isTouched('schedule')) return [];
  const ends = resultsWatch.written.filter(
    ({ record }) => record.id.startsWith('schedule:') && isFinal(record.status),
  );
  const latest = Math.max(0, ...ends.map(({ record }) => Date.parse(record.id.slice(9))));
  const due = Math.max(chronicle.scheduledAt, calmAt) + 10 * 60_000;
  return clock.now() > due && clock.now() - latest > 5 * 60_000 ? ['the schedule has stopped'] : [];
}

/** Nothing is held, nothing waits, and nothing else is on its way. */
async function leftovers({ broker, chronicle, clock }: Scene): Promise<string[]> {
  const counts = await broker.inspect.counts(QUEUE);
  const wrong: string[] = [];
  for (const state of ['waiting', 'delayed', 'retrying', 'claimed', 'started'] as const)
    if (counts[state] > 0) wrong.push(`${counts[state]} left ${state} in the broker`);
  const sessions = await broker.inspect.sessions();
  const held = sessions.reduce((sum, session) => sum + session.held, 0);
  if (held > 0 && chronicle.scheduledAt === undefined)
    wrong.push(`${held} claims still held at ${clock.now()}`);
  return wrong;
}
