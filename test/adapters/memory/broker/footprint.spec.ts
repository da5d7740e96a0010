import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { message, numbered, of, Workshop } from './workshop.js';

setFlagsFromString('--expose-gc');
// What a fresh context calls `gc` once the flag is set; its result is untyped.
const collect: () => void = runInNewContext('gc');

/** Bytes in use once all that can go has gone. */
function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const COUNT = 50_000;
const BODY = new Uint8Array(10);

async function filled(): Promise<Workshop> {
  const shop = new Workshop();
  await shop.open('a');
  for (let turn = 0; turn < 50; turn += 1) {
    const ids = numbered(`message-${turn}`, COUNT / 50);
    await shop.broker.enqueue(ids.map((id) => message({ id, body: BODY })));
  }
  return shop;
}

describe('what a MemoryBroker needs', () => {
  it('is some two hundred bytes for a message that waits, its id included', async () => {
    const before = heapUsed();
    const shop = await filled();
    const bytes = (heapUsed() - before) / COUNT;
    expect((await shop.broker.inspect.counts('q')).waiting).toBe(COUNT);
    expect(bytes).toBeLessThan(320);
  });

  it('is nothing once a queue has been emptied', async () => {
    const before = heapUsed();
    const shop = await filled();
    for (let turn = 0; turn < 50; turn += 1) {
      const { deliveries } = await shop.work('a', { claims: [of('q', COUNT / 50)] });
      const settle = deliveries.map(({ receipt }) => ({ kind: 'ack' as const, receipt }));
      await shop.work('a', { settle });
    }
    expect(await shop.broker.inspect.queues()).toEqual(['q']);
    await shop.broker.leave('a');
    expect(await shop.broker.inspect.queues()).toEqual([]);
    expect((heapUsed() - before) / COUNT).toBeLessThan(20);
  });

  it('is little once most of a queue has been removed', async () => {
    const before = heapUsed();
    const shop = await filled();
    for (let turn = 0; turn < 50; turn += 1)
      await shop.broker.remove(
        numbered(`message-${turn}`, COUNT / 50)
          .slice(1)
          .map((id) => ({ id, generation: 1 })),
      );
    expect((await shop.broker.inspect.counts('q')).waiting).toBe(50);
    expect((heapUsed() - before) / COUNT).toBeLessThan(20);
  });
});
