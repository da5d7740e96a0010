import { beforeAll, describe, expect, it } from 'vitest';
import { WIRE_VERSION } from '../../lib/core/message/frame.js';
import { decodeJobBody } from '../../lib/core/message/job-body.js';
import { decodePlanBody } from '../../lib/core/message/plan-body.js';
import { decodeScheduleBody } from '../../lib/core/message/schedule-body.js';
import { Instance, memoryWorld } from '../support/engine/instance.js';
import { BODIES, encodedBodies } from './support/bodies.js';
import { readBodies, versions, writeBodies, WRITES } from './support/fixtures.js';

const DECODERS = { job: decodeJobBody, plan: decodePlanBody, schedule: decodeScheduleBody };

const EXPECTED: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(BODIES).flatMap(([kind, bodies]) =>
    Object.entries(bodies).map(([name, body]) => [`${kind}: ${name}`, body]),
  ),
);

beforeAll(async () => {
  if (WRITES) await writeBodies(WIRE_VERSION, encodedBodies());
});

const kindOf = (name: string): keyof typeof DECODERS =>
  name.startsWith('job') ? 'job' : name.startsWith('plan') ? 'plan' : 'schedule';

/** Without what is undefined, and with bytes as bytes, whatever holds them. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) =>
      item instanceof Uint8Array ? [...item] : isBufferJson(item) ? item.data : item,
    ),
  ) as unknown;
}

function isBufferJson(item: unknown): item is { readonly data: readonly number[] } {
  return typeof item === 'object' && item !== null && 'type' in item && item.type === 'Buffer';
}

describe('fixtures of messages', () => {
  it('are there for every version of the envelope that there ever was', async () => {
    expect(await versions()).toEqual(Array.from({ length: WIRE_VERSION }, (_, index) => index + 1));
  });

  it('say what this release writes', async () => {
    expect(encodedBodies()).toEqual(await readBodies(WIRE_VERSION));
  });

  it('are read by this release, of every version', async () => {
    for (const version of await versions()) {
      const bodies = await readBodies(version);
      expect(Object.keys(bodies)).toEqual(Object.keys(EXPECTED));
      for (const [name, text] of Object.entries(bodies)) {
        const read = DECODERS[kindOf(name)](Buffer.from(text, 'base64'));
        expect([name, plain(read)]).toEqual([name, plain(EXPECTED[name])]);
      }
    }
  });

  it('are worked on by this release, of every version', async () => {
    for (const version of await versions()) {
      const world = memoryWorld();
      const bodies = await readBodies(version);
      const messages = Object.entries(bodies).map(([id, text]) => ({
        id,
        generation: 1,
        kind: kindOf(id),
        queue: 'work',
        priority: 0,
        fresh: false,
        body: new Uint8Array(Buffer.from(text, 'base64')),
      }));
      // A reference to a result that nobody has kept can only fail.
      await world.broker.enqueue(messages.filter(({ id }) => !id.includes('reference')));
      const instance = new Instance(world).task('give', (payload) => payload, { queue: 'work' });
      await instance.start();
      await world.clock.advance(60_000);
      const { items } = await instance.admin.successful({ limit: 100 });
      const ids = items.map(({ id }) => id);
      const jobs = Object.keys(EXPECTED).filter(
        (name) => name.startsWith('job: ') && !name.includes('reference'),
      );
      expect(ids).toEqual(expect.arrayContaining(jobs));
      expect((await instance.client.getGroup('plan: group')).status).toBe('successful');
      expect((await instance.client.getChain('plan: chain')).status).toBe('successful');
      expect(ids).toEqual(expect.arrayContaining(['own', 'plan: group:success:0']));
      expect((await instance.admin.failed()).items).toEqual([]);
      expect(instance.lines.filter(({ level }) => level !== 'info')).toEqual([]);
    }
  });
});
