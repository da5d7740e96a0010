import { defineTask } from 'nestjs-tasqueue';
import { z } from 'zod';

export interface Payment {
  readonly orderId: string;
  readonly receiptId: string;
  readonly amountCents: number;
}

/** The amount comes from the step before: the reservation. */
export const ChargeCard = defineTask('payments.charge', {
  queue: 'payments',
  payload: z.object({ orderId: z.string(), customer: z.email(), card: z.string() }),
  timeout: 5_000,
  maxRetries: 6,
  backoff: { type: 'exponential', delay: 150, max: 10_000 },
}).returns<Payment>();
