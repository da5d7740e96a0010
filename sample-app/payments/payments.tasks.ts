import { Injectable, Logger, UseFilters } from '@nestjs/common';
import { type JobContext, OnRetrying, type PayloadOf, Task } from 'nestjs-tasqueue';
import type { Reservation } from '../stock/stock.definitions.js';
import { CardGateway } from './card-gateway.js';
import { ChargeCard, type Payment } from './payments.definitions.js';
import { RefusedCardFilter } from './refused-card.filter.js';

type ChargeContext = JobContext<PayloadOf<typeof ChargeCard>, Reservation>;

@Injectable()
export class PaymentsTasks {
  readonly #logger = new Logger(PaymentsTasks.name);

  constructor(private readonly gateway: CardGateway) {}

  @UseFilters(RefusedCardFilter)
  @Task(ChargeCard, { concurrency: 4 })
  async charge(
    { orderId, customer, card }: PayloadOf<typeof ChargeCard>,
    ctx: ChargeContext,
  ): Promise<Payment> {
    const amountCents = ctx.prevJobResult.totalCents;
    ctx.log(`attempt ${ctx.attempt}: ${amountCents} cents`);
    // A job may run again after a crash. Its id stays the same, so the card is charged once.
    const request = { idempotencyKey: ctx.id, customer, card, amountCents };
    return { orderId, ...(await this.gateway.charge(request, ctx.signal)) };
  }

  @OnRetrying(ChargeCard)
  tellRetry(ctx: ChargeContext, error: Error): void {
    this.#logger.warn(`order ${ctx.payload.orderId}, attempt ${ctx.attempt}: ${error.message}`);
  }
}
