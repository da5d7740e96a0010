import type { Snapshot } from '../../sample-app/demo/snapshot.js';
import type { QueueCounts } from '../../sample-app/demo/shop-client.js';

export function counts(queue: string, some: Partial<QueueCounts> = {}): QueueCounts {
  const none = { queued: 0, processing: 0, retrying: 0, successful: 0, failed: 0, cancelled: 0 };
  return { queue, ...none, ...some };
}

/** A shop in the middle of its day. */
export function snapshot(some: Partial<Snapshot> = {}): Snapshot {
  return {
    expected: 40,
    placed: 30,
    orders: { open: 8, shipped: 20, refused: 2, cancelled: 0 },
    parts: { all: 6, ended: 3 },
    queues: [
      counts('payments', { queued: 3, processing: 4, retrying: 2, successful: 120, failed: 2 }),
      counts('maintenance'),
    ],
    elapsedMs: 1_234,
    ...some,
  };
}
