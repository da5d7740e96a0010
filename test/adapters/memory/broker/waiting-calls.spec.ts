import { describe, expect, it } from 'vitest';
import { LeaseLostError } from '../../../../lib/core/errors.js';
import { idsOf, LEASE_MS, numbered, of, Workshop } from './workshop.js';

describe('work calls that wait on a MemoryBroker', () => {
  it('are served in the order in which they came, one per message', async () => {
    const shop = new Workshop();
    await shop.open('a', 'b', 'c');
    const served: string[] = [];
    const replies = ['b', 'c', 'a'].map(async (session) => {
      const reply = await shop.wait(session);
      served.push(`${session} got ${idsOf(reply).join()}`);
    });
    await shop.enqueue('1', '2');
    await shop.clock.advance(0);
    expect(served).toEqual(['b got 1', 'c got 2']);
    await shop.enqueue('3');
    await Promise.all(replies);
    expect(served.at(-1)).toBe('a got 3');
  });

  it('take as much as they can at once, from all of their queues', async () => {
    const shop = new Workshop();
    await shop.open('a', 'b');
    const first = shop.wait('a', of('q', 2, 1), of('r', 1));
    const second = shop.wait('b', of('q', 5));
    await shop.enqueue({ id: 'r1', queue: 'r' });
    expect(idsOf(await first)).toEqual(['r1']);

    const third = shop.wait('a', of('q', 2, 1), of('r', 1));
    await shop.enqueue(...numbered('q', 7));
    expect(idsOf(await second)).toEqual(numbered('q', 5));
    expect(idsOf(await third)).toEqual(['q-5', 'q-6']);
    const states = await shop.broker.find(['q-5', 'q-6']);
    expect(states.map((found) => found?.state)).toEqual(['started', 'started']);
  });

  it('get what another hands back before that one claims again', async () => {
    const shop = new Workshop();
    await shop.open('a', 'b');
    await shop.enqueue('1');
    const { deliveries } = await shop.work('a', { claims: [of('q', 0, 1)] });
    const waiting = shop.wait('b');
    const settle = deliveries.map(({ receipt }) => ({
      kind: 'release' as const,
      receipt,
      started: false,
    }));
    expect(idsOf(await shop.work('a', { settle, claims: [of('q', 0, 5)] }))).toEqual([]);
    expect(idsOf(await waiting)).toEqual(['1']);
  });

  it('answer at once when nothing they ask for could ever come', async () => {
    const shop = new Workshop();
    await shop.open('a');
    expect(idsOf(await shop.wait('a', of('q', 0, 0)))).toEqual([]);
    expect(idsOf(await shop.work('a', { waitMs: 30_000 }))).toEqual([]);
    expect(shop.clock.armed).toBe(0);
  });

  it('do not answer to a queue on which they have no slot', async () => {
    const shop = new Workshop();
    await shop.open('a', 'b');
    const waiting = shop.wait('a', of('q', 0, 0), of('r', 1));
    await shop.enqueue('1');
    expect(await shop.claim('b')).toEqual(['1']);
    await shop.enqueue({ id: '2', queue: 'r' });
    expect(idsOf(await waiting)).toEqual(['2']);
  });

  it('are rejected when their session is declared dead, or reclaimed', async () => {
    const shop = new Workshop();
    await shop.open('dying', 'living', 'moving');
    const dead = shop.wait('dying').catch((error: unknown) => error);
    await shop.live(LEASE_MS * 2, 'living', 'moving');
    expect(await dead).toBeInstanceOf(LeaseLostError);

    const moved = shop.wait('moving').catch((error: unknown) => error);
    const to = { session: 'new', leaseMs: LEASE_MS, host: 'h', pid: 1, queues: ['q'] };
    await shop.broker.reclaim({ from: 'moving', to, receipts: [] });
    expect(await moved).toBeInstanceOf(LeaseLostError);
    expect(shop.clock.armed).toBe(0);
  });

  it('answer with nothing when their session leaves', async () => {
    const shop = new Workshop();
    await shop.open('a', 'b');
    const [leaving, staying] = [shop.wait('a'), shop.wait('b')];
    await shop.broker.leave('a');
    expect(idsOf(await leaving)).toEqual([]);
    await shop.enqueue('1');
    expect(idsOf(await staying)).toEqual(['1']);
  });

  it('need one timer for all that comes due, and leave none behind', async () => {
    const shop = new Workshop();
    await shop.open('a');
    const due = numbered('m', 50).map((id, index) => ({ id, delayMs: 100 + index, queue: id }));
    await shop.enqueue(...due);
    expect(shop.clock.armed).toBe(0);

    const stop = new AbortController();
    const claims = numbered('m', 50).map((queue) => of(queue));
    const waiting = shop.work('a', { claims, waitMs: 30_000, signal: stop.signal });
    expect(shop.clock.armed).toBe(2);
    stop.abort();
    expect(idsOf(await waiting)).toEqual([]);
    expect(shop.clock.armed).toBe(0);
  });

  it('get each message that comes due at its instant', async () => {
    const shop = new Workshop();
    await shop.open('a');
    const startedAt = shop.clock.now();
    await shop.enqueue({ id: '3', delayMs: 300, queue: 'r' }, { id: '1', delayMs: 100 });
    const seen: (string | number)[][] = [];
    const loop = (async () => {
      while (seen.length < 3) {
        const { now, deliveries } = await shop.wait('a', of('q'), of('r'));
        seen.push([now - startedAt, ...deliveries.map(({ id }) => id)]);
      }
    })();
    await shop.enqueue({ id: '2', delayMs: 200 });
    await shop.clock.advance(1_000);
    await loop;
    expect(seen).toEqual([
      [100, '1'],
      [200, '2'],
      [300, '3'],
    ]);
    expect(shop.clock.armed).toBe(0);
  });

  it('do not spin on a paused queue with something due', async () => {
    const shop = new Workshop();
    await shop.open('a');
    await shop.broker.pause('q', true);
    await shop.enqueue({ id: '1', delayMs: 10 });
    const waiting = shop.wait('a');
    await shop.clock.advance(20);
    expect(shop.clock.armed).toBe(1);
    await shop.broker.pause('q', false);
    expect(idsOf(await waiting)).toEqual(['1']);
  });
});
