import { describe, expect, it } from 'vitest';
import { Changes } from '../../lib/testing/laboratory/changes.js';
import { TestBroker } from '../../lib/testing/laboratory/test-broker.js';
import { Workload } from '../../lib/testing/laboratory/workload.js';
import { ManualClock } from '../../lib/testing/index.js';
import { wrong } from '../support/wrong.js';

const QUEUE = 'q';

async function workload({ paused = false } = {}) {
  const clock = new ManualClock();
  const broker = new TestBroker(clock, new Changes());
  broker.runners.push(
    wrong({ status: { slots: { [QUEUE]: { busy: 0, concurrency: 1, paused } } } }),
  );
  const session = { session: 's', leaseMs: 1_000, host: 'h', pid: 1, queues: [QUEUE] };
  await broker.open(session);
  const call = { session: 's', started: [], waitMs: 0 };
  const claim = async () => {
    const claims = [{ queue: QUEUE, slots: 1, ahead: 0 }];
    const { deliveries } = await broker.work({ ...call, settle: [], claims });
    return deliveries.map(({ receipt }) => receipt);
  };
  const settle = (receipt: string) =>
    broker.work({ ...call, settle: [{ kind: 'ack', receipt }], claims: [] });
  return { broker, clock, claim, settle, workload: new Workload(broker) };
}

const body = new Uint8Array();
const message = { id: 'm', generation: 1, queue: QUEUE, priority: 0, fresh: false, body };

describe.each(['job', 'plan', 'schedule'] as const)('a workload with a %s', (kind) => {
  it('is there from when it is due until it is settled', async () => {
    const { broker, clock, claim, settle, workload: work } = await workload();
    await broker.enqueue([{ ...message, kind, delayMs: 1_000 }]);
    await expect(work.isEmpty()).resolves.toBe(true);
    await expect(work.holds('m')).resolves.toBe(false);

    await clock.advance(1_000);
    await expect(work.isEmpty()).resolves.toBe(false);
    const [receipt] = await claim();
    await expect(work.isEmpty()).resolves.toBe(false);
    await expect(work.holds('m')).resolves.toBe(true);

    await settle(receipt!);
    await expect(work.isEmpty()).resolves.toBe(true);
    await expect(work.holds('m')).resolves.toBe(false);
  });

  it('is none where nobody will run it', async () => {
    const everywhere = await workload();
    await everywhere.broker.enqueue([{ ...message, kind }]);
    await everywhere.broker.pause(QUEUE, true);
    const here = await workload({ paused: true });
    await here.broker.enqueue([{ ...message, kind }]);

    await expect(everywhere.workload.isEmpty()).resolves.toBe(true);
    await expect(here.workload.isEmpty()).resolves.toBe(true);
  });
});
