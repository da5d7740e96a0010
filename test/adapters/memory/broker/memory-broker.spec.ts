import { describe, expect, it } from 'vitest';
import { idsOf, LEASE_MS, message, numbered, of, Workshop } from './workshop.js';

describe('MemoryBroker', () => {
  it('answers those who wait when its last user closes it, and keeps what it holds', async () => {
    const shop = new Workshop();
    await shop.broker.connect();
    await shop.broker.connect();
    await shop.open('a');
    await shop.enqueue({ id: 'later', delayMs: 60_000 });
    let answered = false;
    const waiting = shop.wait('a').finally(() => void (answered = true));
    await shop.broker.close();
    await shop.clock.advance(0);
    expect(answered).toBe(false);

    await shop.broker.close();
    expect(idsOf(await waiting)).toEqual([]);
    expect(shop.clock.armed).toBe(0);
    expect(idsOf(await shop.wait('a'))).toEqual([]);
    expect(shop.clock.armed).toBe(0);

    await shop.broker.connect();
    const again = shop.wait('a');
    await shop.enqueue('now');
    expect(idsOf(await again)).toEqual(['now']);
    expect((await shop.broker.find(['later']))[0]?.state).toBe('delayed');
  });

  it('does not mind being closed more often than it was connected', async () => {
    const shop = new Workshop();
    await shop.broker.close();
    await shop.broker.close();
    await shop.broker.connect();
    await shop.open('a');
    const waiting = shop.wait('a');
    await shop.broker.close();
    expect(idsOf(await waiting)).toEqual([]);
  });

  it('keeps the claims of a session that is opened twice, as after a lost answer', async () => {
    const shop = new Workshop();
    await shop.open('a');
    await shop.enqueue('1');
    const { deliveries } = await shop.work('a', { claims: [of('q')] });
    await shop.open('a');
    const settle = deliveries.map(({ receipt }) => ({ kind: 'ack' as const, receipt }));
    expect((await shop.work('a', { settle })).lost).toEqual([]);
  });

  it('settles a claim for nobody but the session that has it', async () => {
    const shop = new Workshop();
    await shop.open('a', 'b');
    await shop.enqueue('1');
    const { deliveries } = await shop.work('a', { claims: [of('q')] });
    const [receipt = ''] = deliveries.map((delivery) => delivery.receipt);
    const { lost } = await shop.work('b', { settle: [{ kind: 'ack', receipt }] });
    expect(lost).toEqual([receipt]);
    expect((await shop.broker.find(['1']))[0]?.state).toBe('started');
  });

  it('moves 10,000 messages that are due at once, oldest first, each once', async () => {
    const shop = new Workshop();
    await shop.open('a');
    const now = shop.clock.now();
    const ids = numbered('m', 10_000);
    const tick = (id: string) => (Number(id.slice(2)) * 7919) % 100;
    await shop.enqueue(...ids.map((id) => ({ id, dueAt: now + 1_000 + tick(id) })));
    await shop.clock.advance(2_000);
    const given: string[] = [];
    while (given.length < ids.length) given.push(...(await shop.claim('a', 64)));
    expect(given).toEqual(ids.toSorted((a, b) => tick(a) - tick(b)));
  });

  it('hands back what a dead session held in bounded portions', async () => {
    const shop = new Workshop();
    await shop.open('dying', 'living');
    await shop.broker.enqueue(numbered('m', 25_000).map((id) => message({ id })));
    await shop.work('dying', { claims: [of('q', 0, 25_000)] });
    await shop.live(LEASE_MS, 'living');
    const waiting: number[] = [];
    for (let beat = 0; beat < 4; beat += 1) {
      await shop.live(LEASE_MS / 4, 'living');
      waiting.push((await shop.broker.inspect.counts('q')).waiting);
    }
    expect(waiting).toEqual([10_000, 20_000, 25_000, 25_000]);
    expect(await shop.claim('living', 3)).toEqual(['m-0', 'm-1', 'm-2']);
  });

  it('can still move, or take away, what a dead session has not handed back yet', async () => {
    const shop = new Workshop();
    await shop.open('dying', 'living');
    await shop.broker.enqueue(numbered('m', 12_000).map((id) => message({ id })));
    const { deliveries } = await shop.work('dying', { claims: [of('q', 0, 12_000)] });
    await shop.live(LEASE_MS + LEASE_MS / 4, 'living');

    const last = deliveries.slice(-3).map(({ receipt }) => receipt);
    expect(await shop.broker.remove([{ id: 'm-11998', generation: 1 }])).toEqual([true]);
    const to = { session: 'new', leaseMs: LEASE_MS, host: 'h', pid: 1, queues: ['q'] };
    const held = await shop.broker.reclaim({ from: 'dying', to, receipts: last });
    expect(held).toEqual([last[0], last[2]]);
    const { waiting, claimed } = await shop.broker.inspect.counts('q');
    expect([waiting, claimed]).toEqual([11_997, 2]);
  });

  it('counts a session no more once its lease has lapsed, and again when it shows itself', async () => {
    const shop = new Workshop();
    await shop.open('silent');
    await shop.clock.advance(LEASE_MS + 1);
    await shop.open('other');
    expect((await shop.broker.beat('other')).workers).toBe(1);
    expect((await shop.broker.inspect.counts('q')).workers).toBe(1);
    expect((await shop.broker.beat('silent')).workers).toBe(2);
    expect((await shop.broker.inspect.counts('q')).workers).toBe(2);
  });

  it('calls a function that listens twice twice, and each in a turn of its own', async () => {
    const { broker } = new Workshop();
    const turns: string[] = [];
    const hear = () => {
      turns.push('heard');
      queueMicrotask(() => void turns.push('after'));
    };
    const stop = broker.listen(hear);
    broker.listen(hear);
    void broker.broadcast({ topic: 't', body: '' });
    expect(turns).toEqual([]);
    await broker.ping();
    await broker.ping();
    expect(turns).toEqual(['heard', 'heard', 'after', 'after']);
    stop();
    await broker.broadcast({ topic: 't', body: '' });
    await broker.ping();
    expect(turns.filter((turn) => turn === 'heard')).toHaveLength(3);
  });

  it('does not tell a listener that stopped while it was about to be told', async () => {
    const { broker } = new Workshop();
    const heard: string[] = [];
    broker.listen(() => stop());
    const stop = broker.listen(({ body }) => void heard.push(body));
    await broker.broadcast({ topic: 't', body: '1' });
    await broker.ping();
    expect(heard).toEqual([]);
  });
});
