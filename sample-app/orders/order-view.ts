import type { JobMessage } from 'nestjs-tasqueue';
import type { Order } from './order.js';

/** How far one step of an order has come. */
export type OrderStep = Pick<
  JobMessage,
  'id' | 'task' | 'status' | 'attempt' | 'retried' | 'prevError' | 'lastProgress' | 'logs'
>;

/** The answer to `GET /orders/:id`. */
export interface OrderView extends Order {
  readonly steps: readonly OrderStep[];
}

export function toStep(job: JobMessage): OrderStep {
  const { id, task, status, attempt, retried, prevError, lastProgress, logs } = job;
  return { id, task, status, attempt, retried, prevError, lastProgress, logs };
}
