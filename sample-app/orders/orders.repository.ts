import { Injectable, NotFoundException } from '@nestjs/common';
import { totalCents } from '../stock/catalogue.js';
import type { Order, OrderDraft, OrderStatus } from './order.js';

/** Kept in memory. */
@Injectable()
export class OrdersRepository {
  readonly #orders = new Map<string, Order>();

  /** A known order stays as it is. */
  add(draft: OrderDraft): Order {
    const known = this.#orders.get(draft.id);
    if (known !== undefined) return known;
    const order: Order = {
      ...draft,
      status: 'open',
      totalCents: totalCents(draft.lines),
      placedAt: new Date(),
    };
    this.#orders.set(order.id, order);
    return order;
  }

  get(id: string): Order {
    const order = this.#orders.get(id);
    if (order === undefined) throw new NotFoundException(`no order '${id}'`);
    return order;
  }

  all(): Order[] {
    return [...this.#orders.values()];
  }

  close(id: string, status: Exclude<OrderStatus, 'open'>): void {
    this.#orders.set(id, { ...this.get(id), status });
  }
}
