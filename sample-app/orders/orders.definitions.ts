import { defineTask } from 'nestjs-tasqueue';
import { z } from 'zod';

/** The last word on an order, whichever way it went. */
export const CloseOrder = defineTask('orders.close', {
  queue: 'orders',
  payload: z.object({
    orderId: z.string(),
    status: z.enum(['shipped', 'refused', 'cancelled']),
  }),
  maxRetries: 10,
});
