import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeJobBody } from '../../lib/core/message/job-body.js';
import { decodePlanBody } from '../../lib/core/message/plan-body.js';
import { decodeScheduleBody } from '../../lib/core/message/schedule-body.js';
import type { MessageKind } from '../../lib/core/ports/message.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { hostileBody } from './support/hostile-bodies.js';
import { storesSites } from './support/stores.js';

const QUEUE = 'work';
const SOON = { interval: 5, timeout: 10_000 };
const DECODERS = { job: decodeJobBody, plan: decodePlanBody, schedule: decodeScheduleBody };

interface Hostile {
  readonly kind: MessageKind;
  readonly body: Uint8Array;
}

const hostile: fc.Arbitrary<Hostile> = fc.record({
  kind: fc.constantFrom('job', 'job', 'plan', 'schedule'),
  body: hostileBody,
});

/** To compare half a megabyte item by item takes seconds. */
function bytesIn(payload: unknown): Uint8Array {
  return payload instanceof Uint8Array ? payload : new Uint8Array();
}

function isReadable({ kind, body }: Hostile): boolean {
  try {
    DECODERS[kind](body);
    return true;
  } catch {
    return false;
  }
}

describe.each(storesSites())('hostile messages on $name', (site) => {
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('go to the failed list with their raw bytes, and hold nothing up', async () => {
    const stores = site.open();
    const instance = new LiveInstance(stores, { queues: { [QUEUE]: { concurrency: 3 } } });
    instance.task('give', (payload) => payload, { queue: QUEUE });
    await instance.start();
    const { client } = instance;
    let runs = 0;
    const numRuns = site.name === 'memory' ? 100 : 25;
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 12 }), async (batch) => {
        runs += 1;
        const prefix = `run-${runs}`;
        const messages = batch.map(({ kind, body }, index) => ({
          id: `${prefix}-${index}`,
          generation: 1,
          kind,
          queue: QUEUE,
          priority: 0,
          fresh: index % 2 === 0 && kind === 'job',
          body,
        }));
        await stores.broker.enqueue(messages);
        const behind = await client.enqueue('give', runs);
        expect(await behind.result()).toBe(runs);
        const unreadable = messages.filter((message) => !isReadable(message));
        for (const { id, body } of unreadable) {
          const shown = () => client.getJob(id);
          await expect.poll(shown, SOON).toMatchObject({ status: 'failed' });
          const { payload } = await shown();
          expect(payload).toBeInstanceOf(Uint8Array);
          expect(Buffer.compare(bytesIn(payload), body)).toBe(0);
        }
        await stores.broker.remove(messages);
      }),
      { numRuns, endOnFailure: true },
    );
    expect(instance.lines.filter(({ message }) => /trying again|goes back/.test(message))).toEqual(
      [],
    );
    expect({}).not.toHaveProperty('polluted');
  }, 120_000);
});
