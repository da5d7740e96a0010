import { defineTask } from 'nestjs-tasqueue';
import { z } from 'zod';
import { type Region, region } from '../orders/region.js';

export interface Invoice {
  readonly number: number;
  readonly orderId: string;
  readonly region: Region;
  readonly amountCents: number;
  readonly receiptId: string;
}

/** What was paid comes from the step before: the payment. */
export const MakeInvoice = defineTask('invoices.make', {
  queue: 'invoices',
  payload: z.object({ orderId: z.string(), region }),
  maxRetries: 3,
}).returns<Invoice>();
