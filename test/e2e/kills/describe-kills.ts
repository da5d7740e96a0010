import { chain, group, job, type JobHandle, type JobSpec } from 'nestjs-tasqueue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyPackage, type PackageCopy } from '../../support/package/package-copy.js';
import type { Doom } from '../../support/processes/doom.js';
import type { StoresAddress } from '../../support/processes/stores-address.js';
import { Witness } from '../stores/witness.js';
import { KillScene, LEASE_MS } from './kill-scene.js';
import type { WorkerProcess } from './worker-process.js';

const BUILD_MS = 60_000;
const RUN_MS = 60_000;

const QUEUE = { queue: 'work' } as const;
const work = (ms: number, options: Parameters<typeof job>[2] = {}): JobSpec =>
  job('work', ms, { ...QUEUE, ...options });

/** Every call that a worker makes, and the places within it at which it may die. */
const POINTS: readonly Doom[] = [
  { store: 'broker', method: 'open', when: 'after', call: 1 },
  { store: 'broker', method: 'beat', when: 'before', call: 1 },
  { store: 'broker', method: 'beat', when: 'after', call: 1 },
  { store: 'broker', method: 'work', when: 'during', call: 1 },
  { store: 'broker', method: 'work', when: 'after', call: 1 },
  { store: 'broker', method: 'work', when: 'after', call: 2 },
  { store: 'broker', method: 'work', when: 'before', call: 4 },
  { store: 'broker', method: 'work', when: 'during', call: 4 },
  { store: 'broker', method: 'work', when: 'after', call: 4 },
  { store: 'broker', method: 'enqueue', when: 'before', call: 1 },
  { store: 'broker', method: 'enqueue', when: 'during', call: 1 },
  { store: 'broker', method: 'enqueue', when: 'after', call: 2 },
  { store: 'results', method: 'put', when: 'before', call: 1 },
  { store: 'results', method: 'put', when: 'during', call: 2 },
  { store: 'results', method: 'put', when: 'after', call: 3 },
  { store: 'results', method: 'plan', when: 'after', call: 1 },
  { store: 'results', method: 'mark', when: 'before', call: 1 },
  { store: 'results', method: 'mark', when: 'after', call: 2 },
  { store: 'results', method: 'dispatched', when: 'before', call: 1 },
];

/** What a pair of stores keeps of its promise when workers die, freeze and stand still. */
export function describeKills(name: string, open: () => StoresAddress): void {
  let copy: PackageCopy;

  beforeAll(async () => {
    copy = await copyPackage('lib', 'test/e2e/kills/program', 'test/support/processes');
  }, BUILD_MS);

  afterAll(() => copy.remove());

  describe(`workers that die on ${name}`, () => {
    it(
      'lose no job and no workflow, however often they are killed',
      async () => {
        const scene = await KillScene.open(copy, open());
        const { client } = scene;
        const chains = await Promise.all(
          Array.from({ length: 15 }, () => client.enqueueChain(chain([work(5), work(5), work(5)]))),
        );
        const groups = await Promise.all(
          Array.from({ length: 15 }, () =>
            client.enqueueGroup(group([work(5), work(5), work(5)], { onComplete: [work(1)] })),
          ),
        );
        const jobs = await killAgainAndAgain(scene, 6);

        const handles = [...jobs, ...chains, ...groups];
        await Promise.all(handles.map((handle) => handle.result({ timeout: RUN_MS })));
        const expected = jobs.length + 15 * 3 + 15 * 4;
        await Witness.eventually(async () =>
          expect(await scene.admin.stats('work')).toMatchObject({
            successful: expected,
            failed: 0,
            queued: 0,
            processing: 0,
            retrying: 0,
            scheduled: 0,
          }),
        );
        expect(new Set(scene.runs().map(({ id }) => id)).size).toBe(expected);
      },
      RUN_MS,
    );

    it.each(POINTS.map((doom) => [doom.when, `${doom.store}.${doom.method}`, doom.call, doom]))(
      'leave nothing open when they die %s %s, call %i',
      async (_when, _method, _call, doom) => {
        const scene = await KillScene.open(copy, open());
        const { client } = scene;
        const plain = await client.enqueue(work(1, { onSuccess: [work(1)] }));
        const steps = await client.enqueueChain(chain([work(1), work(1), work(1)]));
        const fan = await client.enqueueGroup(
          group([work(1), work(1), work(1)], { onSuccess: [work(1)], onComplete: [work(1)] }),
        );
        const doomed = await scene.worker({ doom });
        await doomed.death();
        await scene.worker();

        for (const handle of [plain, steps, fan]) await handle.result();
        // Each job of it once, and what follows once.
        await Witness.eventually(async () =>
          expect(await scene.admin.stats('work')).toMatchObject({
            successful: 2 + 3 + 5,
            failed: 0,
            queued: 0,
            processing: 0,
          }),
        );
      },
      RUN_MS,
    );
  });

  describe(`workers that stand still on ${name}`, () => {
    it(
      'record nothing once another run has begun, and then work on',
      async () => {
        const scene = await KillScene.open(copy, open());
        const frozen = await scene.worker();
        const handle = await scene.client.enqueue('hang', null, QUEUE);
        await Witness.eventually(() => expect(scene.runs()).toHaveLength(1));
        frozen.freeze();
        const other = await scene.worker();
        expect(await handle.result({ timeout: RUN_MS })).toBe(other.pid);
        frozen.thaw();
        await other.kill();

        const next = await scene.client.enqueue(work(1));
        expect(await next.result({ timeout: RUN_MS })).toBe(frozen.pid);
        expect(await handle.get()).toMatchObject({ status: 'successful', attempt: 2 });
        expect(await scene.client.getResult(handle.id)).toBe(other.pid);
      },
      RUN_MS,
    );

    it(
      'lose what they hold while a handler blocks the event loop beyond the lease',
      async () => {
        const scene = await KillScene.open(copy, open());
        const blocked = await scene.worker();
        const handle = await scene.client.enqueue('block', 8 * LEASE_MS, QUEUE);
        await Witness.eventually(() => expect(scene.runs()).toHaveLength(1));
        const other = await scene.worker();
        expect(await handle.result({ timeout: RUN_MS })).toBe(other.pid);
        await other.kill();
        const next = await scene.client.enqueue(work(1));
        expect(await next.result({ timeout: RUN_MS })).toBe(blocked.pid);
        expect(await scene.client.getResult(handle.id)).toBe(other.pid);
      },
      RUN_MS,
    );
  });
}

/** Three work; whenever they have come some way with new jobs, one is killed and another hired. */
async function killAgainAndAgain(scene: KillScene, kills: number): Promise<JobHandle[]> {
  const hire = () => scene.worker({ concurrency: 2 });
  const workers: WorkerProcess[] = await Promise.all([hire(), hire(), hire()]);
  const handles: JobHandle[] = [];
  for (let killed = 0; killed < kills; killed += 1) {
    const started = scene.runs().length;
    handles.push(...(await scene.client.enqueueMany(Array.from({ length: 60 }, () => work(40)))));
    await Witness.eventually(() => expect(scene.runs().length).toBeGreaterThan(started + 20));
    await workers.shift()?.kill();
    workers.push(await hire());
  }
  return handles;
}
