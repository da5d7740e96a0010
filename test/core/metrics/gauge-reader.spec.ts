import { describe, expect, it, vi } from 'vitest';
import type { QueueStats } from '../../../lib/core/admin/queue-stats.js';
import { GaugeReader, type GaugeReaderParts } from '../../../lib/core/metrics/gauge-reader.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';

const STATS: QueueStats = {
  queued: 3,
  scheduled: 2,
  retrying: 1,
  processing: 4,
  successful: 9,
  failed: 8,
  cancelled: 7,
  paused: false,
  workers: 1,
};

const IDLE = { running: false, startFailed: false, slots: {}, abandoned: 0 };

function reader(parts: Partial<GaugeReaderParts> = {}) {
  const clock = new ManualClock();
  const warn = vi.fn<(message: string) => void>();
  const stats = vi.fn<(queue: string) => Promise<QueueStats>>(() => Promise.resolve(STATS));
  const admin = { queues: () => Promise.resolve(['q']), stats };
  const made = new GaugeReader({
    admin,
    runner: { status: IDLE },
    environment: { clock, log: { info() {}, warn, error() {} } },
    queues: undefined,
    instance: {},
    ...parts,
  });
  const values = async () =>
    (await made.read()).map(({ metric, value, labels }) => [
      metric,
      ...Object.values(labels),
      value,
    ]);
  return { made, values, stats, warn, clock };
}

describe('GaugeReader', () => {
  it('reads how deep each queue is, by state, and how old its oldest job', async () => {
    const clock = new ManualClock();
    const oldestQueuedAt = new Date(clock.now() - 1_500);
    const stats = () => Promise.resolve({ ...STATS, oldestQueuedAt });
    const { values } = reader({ admin: { queues: () => Promise.resolve(['q']), stats } });
    expect(await values()).toEqual([
      ['abandoned', 0],
      ['depth', 'q', 'queued', 3],
      ['depth', 'q', 'scheduled', 2],
      ['depth', 'q', 'retrying', 1],
      ['depth', 'q', 'processing', 4],
      ['oldestAge', 'q', 1.5],
    ]);
  });

  it('takes a job that is due by a clock ahead of this one as new', async () => {
    const stats = () => Promise.resolve({ ...STATS, oldestQueuedAt: new Date(Date.UTC(2999, 1)) });
    const { values } = reader({ admin: { queues: () => Promise.resolve(['q']), stats } });
    expect(await values()).toContainEqual(['oldestAge', 'q', 0]);
  });

  it('reads the slots of this process', async () => {
    const slots = { q: { busy: 2, concurrency: 5, paused: false } };
    const status = { ...IDLE, running: true, slots, abandoned: 1 };
    const { values } = reader({ runner: { status }, queues: [] });
    expect(await values()).toEqual([
      ['slotsBusy', 'q', 2],
      ['slotsLimit', 'q', 5],
      ['abandoned', 1],
    ]);
  });

  it('looks at the queues that it is told, and no others', async () => {
    const { made, stats } = reader({ queues: ['mail'] });
    await made.read();
    expect(stats.mock.calls).toEqual([['mail']]);
  });

  it('looks at 100 queues at most, 8 of them at once', async () => {
    let open = 0;
    let most = 0;
    const names = Array.from({ length: 150 }, (_, n) => `q${n}`);
    const stats = vi.fn<(queue: string) => Promise<QueueStats>>(async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open -= 1;
      return STATS;
    });
    const { made } = reader({ admin: { queues: () => Promise.resolve(names), stats } });
    await made.read();
    expect(stats).toHaveBeenCalledTimes(100);
    expect(most).toBe(8);
  });

  it('reads once for all who ask meanwhile, and anew for who asks later', async () => {
    const { made, stats } = reader();
    await Promise.all([made.read(), made.read(), made.read()]);
    expect(stats).toHaveBeenCalledTimes(1);
    await made.read();
    expect(stats).toHaveBeenCalledTimes(2);
  });

  it('leaves the queues out while the stores do not answer, and says so once', async () => {
    const { made, values, stats, warn } = reader();
    stats.mockRejectedValue(new Error('gone'));
    expect(await values()).toEqual([['abandoned', 0]]);
    await made.read();
    expect(warn).toHaveBeenCalledTimes(1);
    stats.mockResolvedValue(STATS);
    expect(await values()).toHaveLength(6);
    stats.mockRejectedValue(new Error('gone again'));
    await made.read();
    expect(warn).toHaveBeenCalledTimes(2);
  });
});
