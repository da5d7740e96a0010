import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TasqueueClient, UnrecoverableError } from 'nestjs-tasqueue';
import { TasqueueTester, TasqueueTestingModule } from 'nestjs-tasqueue/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppModule } from '../../sample-app/app.module.js';
import { SendConfirmation } from '../../sample-app/mail/mail.definitions.js';
import type { OrderDraft } from '../../sample-app/orders/order.js';
import { CloseOrder } from '../../sample-app/orders/orders.definitions.js';
import { OrdersService } from '../../sample-app/orders/orders.service.js';
import { CardGateway, CardRefusedError } from '../../sample-app/payments/card-gateway.js';
import { ChargeCard } from '../../sample-app/payments/payments.definitions.js';
import { ReleaseStock, ReserveStock } from '../../sample-app/stock/stock.definitions.js';

const draft: OrderDraft = {
  id: 'order-1',
  customer: 'ada@example.com',
  card: 'tok_visa',
  region: 'north',
  lines: [{ sku: 'mug', quantity: 2 }],
};

/** A bank whose mood the test decides. */
class FakeGateway {
  /** Thrown one after the other, before it says yes. */
  readonly noes: Error[] = [];

  async charge({ amountCents }: { amountCents: number }) {
    const no = this.noes.shift();
    if (no !== undefined) throw no;
    return { receiptId: 'receipt-1', amountCents };
  }
}

let app: INestApplication;
let orders: OrdersService;
let tester: TasqueueTester;
let gateway: FakeGateway;

beforeEach(async () => {
  gateway = new FakeGateway();
  const builder = Test.createTestingModule({ imports: [AppModule.on()] })
    .overrideProvider(CardGateway)
    .useValue(gateway);
  const module = await TasqueueTestingModule.override(builder, { mode: 'manual' }).compile();
  app = module.createNestApplication({ logger: false });
  await app.init();
  orders = app.get(OrdersService);
  tester = app.get(TasqueueTester);
});

afterEach(() => app.close());

describe('orders, with the testing kit', () => {
  it('begin with a reservation, and nothing runs unasked', async () => {
    await orders.place(draft);
    tester.expectEnqueued(ReserveStock, { orderId: 'order-1', lines: draft.lines });
    expect((await orders.view('order-1')).status).toBe('open');
  });

  it('are shipped once all jobs have run', async () => {
    await orders.place(draft);
    const ran = await tester.drain();
    expect(ran.map(({ task }) => task)).toEqual([
      ReserveStock.name,
      ChargeCard.name,
      'invoices.make',
      SendConfirmation.name,
      CloseOrder.name,
    ]);
    expect((await orders.view('order-1')).status).toBe('shipped');
  });

  it('wait for a declined card without making the test wait', async () => {
    gateway.noes.push(new Error('declined'), new Error('declined'));
    await orders.place(draft);
    await tester.drain();
    expect((await orders.view('order-1')).steps[1]?.status).toBe('retrying');
    await tester.advance(10_000);
    expect(await orders.view('order-1')).toMatchObject({
      status: 'shipped',
      steps: [{}, { retried: 2 }, {}, {}],
    });
  });

  it('are refused, and their stock released, when the bank never says yes', async () => {
    gateway.noes.push(...Array.from({ length: 7 }, () => new Error('declined')));
    await orders.place(draft);
    await tester.drain();
    await tester.advance(3_600_000);
    tester.expectEnqueued(ReleaseStock, { orderId: 'order-1' });
    expect((await orders.view('order-1')).status).toBe('refused');
  });

  it('cancelled by day are undone at three in the night', async () => {
    gateway.noes.push(new Error('declined'));
    await orders.place(draft);
    await tester.drain();
    await app.get(TasqueueClient).cancel('order-1');
    expect((await orders.view('order-1')).status).toBe('open');
    await tester.advance(24 * 3_600_000);
    tester.expectEnqueued(ReleaseStock, { orderId: 'order-1' });
    expect((await orders.view('order-1')).status).toBe('cancelled');
  });
});

describe('charging a card, by itself', () => {
  const reservation = { orderId: 'order-1', items: 2, totalCents: 2_500 };
  const payload = { orderId: 'order-1', customer: draft.customer, card: draft.card };

  it('takes the amount of the reservation', async () => {
    const paid = await tester.run(ChargeCard, payload, { prevJobResult: reservation });
    expect(paid).toEqual({ orderId: 'order-1', receiptId: 'receipt-1', amountCents: 2_500 });
  });

  it('gives up at once on a card that is refused for good', async () => {
    gateway.noes.push(new CardRefusedError('stolen'));
    await expect(
      tester.run(ChargeCard, payload, { prevJobResult: reservation }),
    ).rejects.toBeInstanceOf(UnrecoverableError);
  });
});
