import { Injectable } from '@nestjs/common';
import { type ChainMessage, NotFoundError, TasqueueClient } from 'nestjs-tasqueue';
import { fulfilment, undoing } from './fulfilment.js';
import type { Order, OrderDraft } from './order.js';
import { type OrderStep, type OrderView, toStep } from './order-view.js';
import { OrdersRepository } from './orders.repository.js';

export interface PlacedOrder {
  readonly id: string;
  /** True when this id was sent before: nothing is done twice. */
  readonly duplicate: boolean;
}

@Injectable()
export class OrdersService {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly tasqueue: TasqueueClient,
  ) {}

  /** The chain bears the order's id. If it cannot be enqueued now, the same order can be sent again. */
  async place(draft: OrderDraft): Promise<PlacedOrder> {
    const order = this.orders.add(draft);
    const { duplicate } = await this.tasqueue.enqueueChain(fulfilment(order));
    return { id: order.id, duplicate };
  }

  all(): Order[] {
    return this.orders.all();
  }

  async view(id: string): Promise<OrderView> {
    const order = this.orders.get(id);
    const chain = await this.#chain(id);
    const stepIds = new Set(chain === undefined ? [] : [...chain.prevJobs, chain.jobId]);
    const steps = await Promise.all([...stepIds].map((stepId) => this.#step(stepId)));
    return { ...order, steps: steps.filter((step) => step !== undefined) };
  }

  /** A cancelled chain runs no `onError` job: what it had begun is undone here. */
  async undoCancelled(): Promise<string[]> {
    const undone: string[] = [];
    for (const { id } of this.orders.all().filter(({ status }) => status === 'open')) {
      if ((await this.#chain(id))?.status !== 'cancelled') continue;
      await this.tasqueue.enqueueMany(undoing(id, 'cancelled'));
      undone.push(id);
    }
    return undone;
  }

  /** Undefined before the chain is accepted, and again once it is past retention. */
  #chain(id: string): Promise<ChainMessage | undefined> {
    return this.tasqueue.getChain(id).catch(undefinedWhenUnknown);
  }

  #step(id: string): Promise<OrderStep | undefined> {
    return this.tasqueue.getJob(id).then(toStep).catch(undefinedWhenUnknown);
  }
}

function undefinedWhenUnknown(error: unknown): undefined {
  if (!(error instanceof NotFoundError)) throw error;
}
