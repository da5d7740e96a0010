import { Injectable, Logger } from '@nestjs/common';
import {
  type JobContext,
  OnRetrying,
  type PayloadOf,
  Task,
  UnrecoverableError,
} from 'nestjs-tasqueue';
import type { Reservation } from '../stock/stock.definitions.js';
import { CardGateway, CardRefusedError } from './card-gateway.js';
import { ChargeCard, type Payment } from './payments.definitions.js';

type ChargeContext = JobContext<PayloadOf<typeof ChargeCard>, Reservation>;

@Injectable()
export class PaymentsTasks {
  readonly #logger = new Logger(PaymentsTasks.name);

  constructor(private readonly gateway: CardGateway) {}

  @Task(ChargeCard, { concurrency: 4 })
  async charge(
    { orderId, customer, card }: PayloadOf<typeof ChargeCard>,
    ctx: ChargeContext,
  ): Promise<Payment> {
    const amountCents = ctx.prevJobResult.totalCents;
    ctx.log(`attempt ${ctx.attempt}: ${amountCents} cents`);
    try {
      // A job may run again after a crash. Its id stays the same, so the card is charged once.
      const request = { idempotencyKey: ctx.id, customer, card, amountCents };
      return { orderId, ...(await this.gateway.charge(request, ctx.signal)) };
    } catch (error) {
      if (error instanceof CardRefusedError)
        throw new UnrecoverableError(error.message, { cause: error });
      throw error;
    }
  }

  @OnRetrying(ChargeCard)
  tellRetry(ctx: ChargeContext, error: Error): void {
    this.#logger.warn(`order ${ctx.payload.orderId}, attempt ${ctx.attempt}: ${error.message}`);
  }
}
