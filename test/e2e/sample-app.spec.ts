import type { ChainMessage, GroupMessage, JobMessage } from 'nestjs-tasqueue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../sample-app/orders/order.js';
import type { RegionSales, SalesReport } from '../../sample-app/reports/reports.definitions.js';
import { ShopUnderTest } from './shop-under-test.js';

const STEPS = ['stock.reserve', 'payments.charge', 'invoices.make', 'mail.confirm'];

let shop: ShopUnderTest;

beforeAll(async () => {
  shop = await ShopUnderTest.open();
});

afterAll(() => shop.close());

describe('an order', () => {
  it('goes through all steps and is shipped', async () => {
    const placed = await shop.place('plain');
    expect(placed).toEqual({ status: 202, body: { id: 'plain', duplicate: false } });

    const { steps } = await shop.order('plain', 'shipped');
    expect(steps.map(({ task, status }) => [task, status])).toEqual(
      STEPS.map((task) => [task, 'successful']),
    );
    expect(steps.map(({ logs }) => logs[0])).toEqual([
      '2 x mug put aside',
      'attempt 1: 2500 cents',
      'invoice 1 over 2500 cents',
      'sent to ada@example.com: Your order plain is on its way (invoice 1)',
    ]);
    expect(steps[2]?.lastProgress).toEqual({ stage: 'filed', done: 3, of: 3 });

    const chain = await shop.get<ChainMessage>('/chains/plain');
    expect(chain.body).toMatchObject({ id: 'plain', status: 'successful' });
    const last = await shop.get<{ result: { messageId: string } }>('/results/plain');
    expect(last.body.result.messageId).toBe(`<${steps[3]?.id}@shop.example>`);
  });

  it('hands the result of each step to the next', async () => {
    await shop.place('handed-on', { lines: [{ sku: 'lamp', quantity: 3 }] });
    const { steps, totalCents } = await shop.order('handed-on', 'shipped');
    const invoice = await shop.get(`/results/${steps[2]?.id}`);
    expect(invoice.body).toMatchObject({
      result: { orderId: 'handed-on', region: 'north', amountCents: totalCents },
    });
  });

  it('sent twice with one id is one order', async () => {
    const lines = [{ sku: 'poster', quantity: 5 }];
    const before = await shop.left('poster');
    await shop.place('twice', { lines });
    const again = await shop.place('twice', { lines });
    expect(again.body).toEqual({ id: 'twice', duplicate: true });
    await shop.order('twice', 'shipped');
    expect(await shop.left('poster')).toBe(before! - 5);
  });

  it('is shipped with a card that was declined and tried again', async () => {
    // By the seeded luck of this customer, the bank declines once.
    await shop.place('declined', { card: 'tok_visa', customer: 'grace@example.com' });
    const { steps } = await shop.order('declined', 'shipped');
    expect(steps[1]).toMatchObject({ task: 'payments.charge', retried: 1, attempt: 2 });
    const charge = await shop.get<JobMessage>(`/jobs/${steps[1]?.id}`);
    expect(charge.body.errors).toMatchObject([
      { attempt: 1, message: 'card declined: try again later' },
    ]);
  });

  it('with more than there is in stock is refused at the first step', async () => {
    const lines = Array.from({ length: 10 }, () => ({ sku: 'lamp', quantity: 20 }));
    const before = await shop.left('lamp');
    await shop.place('too-many', { lines });
    const { steps } = await shop.order('too-many', 'refused');
    expect(steps).toMatchObject([
      { status: 'failed', prevError: expect.stringMatching(/^sold out: lamp/) },
    ]);
    expect(await shop.left('lamp')).toBe(before);
  });
});

describe('a card that is refused for good', () => {
  it('fails the chain at once: no later step runs, and the stock goes back', async () => {
    const lines = [{ sku: 'shirt', quantity: 4 }];
    const before = await shop.left('shirt');
    await shop.place('stolen', { card: 'tok_stolen', lines });
    const { steps } = await shop.order('stolen', 'refused');

    expect(steps.map(({ task, status, attempt }) => [task, status, attempt])).toEqual([
      ['stock.reserve', 'successful', 1],
      ['payments.charge', 'failed', 1],
    ]);
    const chain = await shop.get<ChainMessage>('/chains/stolen');
    expect(chain.body).toMatchObject({
      status: 'failed',
      jobId: steps[1]?.id,
      prevJobs: [steps[0]?.id],
    });
    await shop.eventually(async () => expect(await shop.left('shirt')).toBe(before));
  });

  it('is in the list of failures, and can be tried again by hand', async () => {
    await shop.place('again', { card: 'tok_stolen' });
    const { steps } = await shop.order('again', 'refused');
    const chargeId = steps[1]?.id;
    const failed = await shop.get<{ items: JobMessage[] }>('/admin/failed');
    expect(failed.body.items.map(({ id }) => id)).toContain(chargeId);

    expect((await shop.post(`/admin/jobs/${chargeId}/retry`)).status).toBe(204);
    await shop.eventually(async () => {
      const { body } = await shop.get<JobMessage>(`/jobs/${chargeId}`);
      expect(body).toMatchObject({ status: 'failed', attempt: 2 });
    });
  });
});

describe('a sales report', () => {
  it('adds up what was shipped, one part per region', async () => {
    await Promise.all([
      shop.place('north-1', { region: 'north' }),
      shop.place('south-1', { region: 'south', lines: [{ sku: 'lamp', quantity: 1 }] }),
      shop.place('south-2', { region: 'south', card: 'tok_stolen' }),
    ]);
    await Promise.all([
      shop.order('north-1', 'shipped'),
      shop.order('south-1', 'shipped'),
      shop.order('south-2', 'refused'),
    ]);
    const started = await shop.post('/reports/sales', { id: 'sales', regions: ['south', 'north'] });
    expect(started).toEqual({ status: 202, body: { groupId: 'sales', resultId: 'sales-total' } });

    const report = await shop.eventually(async () => {
      const { body } = await shop.get<{ result?: SalesReport }>('/results/sales-total');
      expect(body.result).toBeDefined();
      return body.result!;
    });
    const { body: orders } = await shop.get<Order[]>('/orders');
    const sold = orders.filter(({ status }) => status === 'shipped');
    expect(report.totalCents).toBe(sold.reduce((sum, { totalCents }) => sum + totalCents, 0));
    expect(report.regions.map(({ region }) => region)).toEqual(['south', 'north']);
    expect(report.regions[0]).toMatchObject({ orders: 1, totalCents: 6_400 });
  });

  it('can be watched part by part', async () => {
    await shop.post('/reports/sales', { id: 'parts' });
    const group = await shop.eventually(async () => {
      const { body } = await shop.get<GroupMessage>('/groups/parts');
      expect(body.status).toBe('successful');
      return body;
    });
    expect(group.jobIds).toHaveLength(4);
    const parts = await shop.get<{ result: RegionSales[] }>('/results/parts');
    expect(parts.body.result.map(({ region }) => region)).toEqual([
      'north',
      'east',
      'south',
      'west',
    ]);
  });

  it('needs no body', async () => {
    expect((await shop.post('/reports/sales')).status).toBe(202);
  });
});

describe('the nightly clean-up', () => {
  it('is scheduled for three in the morning, in Berlin', async () => {
    const { body } = await shop.get<{ id: string }[]>('/admin/schedules');
    expect(body.map(({ id }) => id)).toEqual(['maintenance.nightly']);
    const schedule = await shop.get<{ status: string; eta: string }>('/jobs/maintenance.nightly');
    expect(schedule.body.status).toBe('scheduled');
    const eta = new Date(schedule.body.eta);
    expect(eta.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })).toBe('03:00:00');
    expect(eta.getTime()).toBeGreaterThan(Date.now());
  });

  it('undoes an order that was cancelled by hand', async () => {
    const before = await shop.left('mug');
    await shop.place('cancelled');
    const cancelled = await shop.post('/admin/jobs/cancelled/cancel');
    expect(cancelled).toEqual({ status: 200, body: { cancelled: true } });
    expect((await shop.post('/admin/schedules/maintenance.nightly/run')).status).toBe(202);
    await shop.order('cancelled', 'cancelled');
    await shop.eventually(async () => expect(await shop.left('mug')).toBe(before));
  });
});

describe('the health of the shop', () => {
  it('is up', async () => {
    expect(await shop.get('/health')).toMatchObject({
      status: 200,
      body: { status: 'ok', details: { tasqueue: { status: 'up', workers: 'running' } } },
    });
  });
});

describe('a request that cannot be met', () => {
  it.each([
    '/jobs/nobody',
    '/groups/nobody',
    '/chains/nobody',
    '/results/nobody',
    '/orders/nobody',
  ])('GET %s is answered 404', async (path) => {
    expect((await shop.get(path)).status).toBe(404);
  });

  it.each([
    ['/orders', {}],
    ['/orders', { customer: 'nobody', card: 'tok_visa', region: 'north', lines: [] }],
    ['/reports/sales', { regions: ['moon'] }],
  ])('POST %s with %j is answered 400', async (path, body) => {
    const answer = await shop.post<{ message: string[] }>(path, body);
    expect(answer).toMatchObject({ status: 400, body: { message: expect.any(Array) } });
  });

  it('with a limit that is none is answered 400', async () => {
    expect((await shop.get('/admin/failed?limit=0')).status).toBe(400);
  });

  it('such as the retry of a success is answered 409', async () => {
    await shop.place('fine');
    const { steps } = await shop.order('fine', 'shipped');
    const answer = await shop.post<{ message: string }>(`/admin/jobs/${steps[0]?.id}/retry`);
    expect(answer.status).toBe(409);
  });
});
