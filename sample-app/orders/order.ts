import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { stockLine } from '../stock/catalogue.js';
import { region } from './region.js';

/** The body of `POST /orders`. */
export const orderDraft = z.object({
  /** The caller's own reference: sent twice, it is one order. */
  id: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, at most 64')
    .default(() => randomUUID()),
  customer: z.email(),
  card: z.string().startsWith('tok_', 'a card token, such as tok_visa'),
  region,
  lines: z.array(stockLine).min(1).max(20),
});

export type OrderDraft = z.infer<typeof orderDraft>;

/** `refused`: a step failed for good. `cancelled`: someone cancelled its chain. */
export type OrderStatus = 'open' | 'shipped' | 'refused' | 'cancelled';

export interface Order extends OrderDraft {
  readonly status: OrderStatus;
  readonly totalCents: number;
  readonly placedAt: Date;
}
