import { defineTask } from 'nestjs-tasqueue';
import { z } from 'zod';
import { stockLine } from './catalogue.js';

/** What is put aside for an order, and what it costs. */
export interface Reservation {
  readonly orderId: string;
  readonly items: number;
  readonly totalCents: number;
}

export const ReserveStock = defineTask('stock.reserve', {
  queue: 'stock',
  payload: z.object({ orderId: z.string(), lines: z.array(stockLine).min(1) }),
}).returns<Reservation>();

export const ReleaseStock = defineTask('stock.release', {
  queue: 'stock',
  payload: z.object({ orderId: z.string() }),
  maxRetries: 10,
}).returns<{ released: boolean }>();
