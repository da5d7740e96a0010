import * as fc from 'fast-check';
import { InvalidStateError, NotFoundError } from '../../../lib/core/errors.js';
import { REDELIVERY_HORIZON_MS } from '../../../lib/core/lease.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import type { JobSpec } from '../../../lib/core/spec/job-spec.js';
import { job } from '../../../lib/core/spec/job.js';
import { silent } from '../../support/faults/fates.js';
import { anyTerms, type Payload, type Terms } from './act.js';
import type { Life, PlanLife, Wish } from './chronicle.js';
import { Deed } from './deed.js';
import type { Scene } from './scene.js';
import { QUEUE } from './surroundings.js';
import { note, optionsOf, send } from './sending.js';

const OWN = ['a', 'b', 'c', 'd', 'e', 'f'];
const PLANS = ['g', 'h', 'k'];
const MEMBERS = PLANS.flatMap((id) => [0, 1, 2].map((index) => `${id}:${index}`));
const anyId = fc.constantFrom(...OWN, ...PLANS, ...MEMBERS, `${PLANS[0]}:1:0`);
const ownId = fc.constantFrom(...OWN);

function lifeOf(scene: Scene, terms: Terms, known: Partial<Life>): Life {
  const sentAt = scene.clock.now();
  const { expiresInMs } = terms;
  const life: Life = {
    tag: scene.chronicle.nextTag(),
    id: undefined,
    terms,
    sentAt,
    expiresAt: expiresInMs === undefined ? undefined : sentAt + expiresInMs,
    standing: 'unsure',
    follows: [],
    ...known,
  };
  scene.chronicle.lives.push(life);
  return life;
}

function specOf(scene: Scene, life: Life, id?: string): JobSpec {
  const payload: Payload = { tag: life.tag, act: life.terms.act };
  return job(life.terms.task, payload, { ...optionsOf(scene, life.terms), id });
}

const enqueue = fc.tuple(fc.option(ownId, { nil: undefined, freq: 3 }), anyTerms, fc.boolean()).map(
  ([own, terms, following]) =>
    new Deed(`enqueue ${own ?? 'a job'} ${JSON.stringify(terms)}`, (scene) => {
      const tag = scene.chronicle.nextTag();
      const follows = following ? [`success of ${tag}`, `error of ${tag}`] : [];
      const [success, error] = follows.map(note);
      const life = lifeOf(scene, terms, { tag, follows, id: own });
      const spec = specOf(scene, life, own);
      const options = {
        ...spec.options,
        ...(success && error ? { onSuccess: [success], onError: [error] } : {}),
      };
      send(scene, [life], (id) => {
        const sent = scene.client.client.enqueue(
          job(spec.task, spec.payload, { ...options, id: id ?? own }),
        );
        return sent.then((handle) => {
          life.id = handle.id;
          return handle;
        });
      });
    }),
);

const members = fc.tuple(anyTerms, anyTerms, fc.option(ownId, { nil: undefined, freq: 6 }));

interface Sending {
  readonly scene: Scene;
  readonly id: string;
  readonly form: PlanLife['form'];
}

/** Two jobs and what is known of them: the second may bear somebody else's id. */
function planned(
  { scene, id, form }: Sending,
  [one, two, own]: [Terms, Terms, string | undefined],
) {
  const tag = scene.chronicle.nextTag();
  const lives = [
    lifeOf(scene, one, { plan: id, id: `${id}:0` }),
    lifeOf(scene, two, { plan: id, id: own ?? `${id}:1` }),
  ];
  const specs = [
    specOf(scene, lives[0] ?? fail(), undefined),
    specOf(scene, lives[1] ?? fail(), own),
  ];
  const ends = form === 'group' ? [`complete of ${tag}`] : [`last of ${tag}`, `error of ${tag}`];
  const plan: PlanLife = {
    id,
    form,
    memberTags: lives.map((life) => life.tag),
    ends,
    standing: 'unsure',
  };
  scene.chronicle.plans.push(plan);
  return { lives, specs, ends: ends.map(note), plan };
}

function fail(): never {
  throw new Error('there are two');
}

const enqueueGroup = fc.tuple(fc.constantFrom(...PLANS), members).map(
  ([id, terms]) =>
    new Deed(`enqueue group ${id} ${JSON.stringify(terms)}`, (scene) => {
      const { lives, specs, ends, plan } = planned({ scene, id, form: 'group' }, terms);
      const spec = group(specs, { id, onComplete: ends });
      send(scene, [...lives, plan], () => scene.client.client.enqueueGroup(spec));
    }),
);

const enqueueChain = fc.tuple(fc.constantFrom(...PLANS), members, anyTerms, fc.boolean()).map(
  ([id, terms, inner, grouped]) =>
    new Deed(`enqueue chain ${id} ${JSON.stringify(terms)} ${grouped}`, (scene) => {
      const { lives, specs, ends, plan } = planned({ scene, id, form: 'chain' }, terms);
      const [last, error] = ends;
      const [first, second] = specs;
      if (!last || !error || !first || !second) return;
      const inside = lifeOf(scene, inner, { plan: id });
      const step = grouped ? group([second, specOf(scene, inside)]) : second;
      const spec = chain([first, step, last], { id, onError: [error] });
      send(scene, [...lives, plan], () => scene.client.client.enqueueChain(spec));
    }),
);

const wish = (kind: Wish['kind'], call: (scene: Scene, id: string) => Promise<unknown>) =>
  anyId.map(
    (id) =>
      new Deed(`${kind} ${id}`, (scene) => {
        const asked: Wish = {
          kind,
          id,
          at: scene.clock.now(),
          doneAt: undefined,
          answer: undefined,
        };
        scene.chronicle.wishes.push(asked);
        scene.ask(async () => {
          asked.answer = await call(scene, id).catch(refusal);
          asked.doneAt = scene.clock.now();
        });
      }),
  );

/** What was asked for may be refused because of how things stand. */
function refusal(error: unknown): string {
  if (error instanceof NotFoundError || error instanceof InvalidStateError) return 'refused';
  throw error;
}

/** Recorded, and then nobody sees to what follows: the client is not heard of again. */
const halfCancel = anyId.map(
  (id) =>
    new Deed(`half a cancel of ${id}`, (scene) => {
      const { client, chronicle, clock } = scene;
      client.results.next('put', (call: () => Promise<unknown>) =>
        scene.calm ? call() : silent(call),
      );
      chronicle.wishes.push({
        kind: 'cancel',
        id,
        at: clock.now(),
        doneAt: undefined,
        answer: undefined,
      });
      scene.ask(() => client.client.cancel(id));
    }),
);

const clear = fc.constant(
  new Deed('clear', (scene) => {
    for (const id of [...OWN, ...PLANS, ''])
      scene.chronicle.wishes.push({
        kind: 'clear',
        id,
        at: scene.clock.now(),
        doneAt: undefined,
        answer: undefined,
      });
    scene.ask(() => scene.client.admin.clear(QUEUE));
  }),
);

const schedule = fc.constantFrom('* * * * *', '*/2 * * * *').map(
  (cron) =>
    new Deed(`schedule ${cron}`, (scene) => {
      const options = { id: 'schedule', schedule: cron, queue: QUEUE };
      const payload: Payload = {
        tag: 'slot',
        act: { ms: 0, fails: 0, deadly: 0, size: 1, notes: false },
      };
      scene.ask(async () => {
        await scene.client.client.enqueue('work', payload, options);
        scene.chronicle.scheduledAt ??= scene.clock.now();
      });
    }),
);

/** What was accepted, and nobody interferes with, can be seen at every moment. */
async function lookAt({ chronicle, client, clock }: Scene, id: string): Promise<void> {
  const { broken, lives } = chronicle;
  const known = lives.some(
    (life) => life.id === id && life.standing === 'accepted' && life.plan === undefined,
  );
  if (!known) return;
  const seen = await client.client.getJob(id).catch((error: unknown) => error);
  if (!(seen instanceof NotFoundError) || chronicle.isTouched(id)) return;
  if (clock.elapsed() < REDELIVERY_HORIZON_MS) broken.push(`rule 4: '${id}' could not be seen`);
}

const look = ownId.map(
  (id) =>
    new Deed(`look at ${id}`, (scene) => {
      scene.ask(() => lookAt(scene, id));
    }),
);

const paused = (pause: boolean) =>
  fc.constant(
    new Deed(pause ? 'pause' : 'resume', (scene) => {
      scene.ask(() => (pause ? scene.client.admin.pause(QUEUE) : scene.client.admin.resume(QUEUE)));
    }),
  );

export const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: enqueue },
  { weight: 5, arbitrary: enqueueGroup },
  { weight: 5, arbitrary: enqueueChain },
  { weight: 3, arbitrary: wish('cancel', ({ client }, id) => client.client.cancel(id)) },
  { weight: 3, arbitrary: wish('retry', ({ client }, id) => client.client.retry(id)) },
  { weight: 2, arbitrary: wish('delete', ({ client }, id) => client.client.deleteJob(id)) },
  { weight: 3, arbitrary: halfCancel },
  { weight: 1, arbitrary: schedule },
  { weight: 3, arbitrary: look },
  { weight: 1, arbitrary: paused(true) },
  { weight: 2, arbitrary: paused(false) },
  { weight: 1, arbitrary: clear },
);
