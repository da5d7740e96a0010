import type { INestApplication } from '@nestjs/common';
import { vi } from 'vitest';
import { listen } from '../../sample-app/http/listen.js';
import type { OrderStatus } from '../../sample-app/orders/order.js';
import type { OrderView } from '../../sample-app/orders/order-view.js';
import { createShop } from '../../sample-app/shop.js';
import type { StockLevel } from '../../sample-app/stock/stock.repository.js';

const DEADLINE_MS = 10_000;

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** The sample shop on a free port, and its customers. */
export class ShopUnderTest {
  static async open(): Promise<ShopUnderTest> {
    const app = await createShop();
    return new ShopUnderTest(app, await listen(app, 0));
  }

  private constructor(
    private readonly app: INestApplication,
    readonly url: string,
  ) {}

  close(): Promise<void> {
    return this.app.close();
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.#send('GET', path);
  }

  post<Body>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.#send('POST', path, body);
  }

  /** An order of two mugs, or of what is asked for. */
  place(id: string, some: Readonly<Record<string, unknown>> = {}) {
    return this.post<{ id: string; duplicate: boolean }>('/orders', {
      id,
      customer: 'ada@example.com',
      card: 'tok_steady',
      region: 'north',
      lines: [{ sku: 'mug', quantity: 2 }],
      ...some,
    });
  }

  /** Waits until the order stands so, and gives it with its steps. */
  order(id: string, status: OrderStatus): Promise<OrderView> {
    return this.eventually(async () => {
      const { body } = await this.get<OrderView>(`/orders/${id}`);
      if (body.status !== status) throw new Error(`order ${id} is ${body.status}, not ${status}`);
      return body;
    });
  }

  async left(sku: string): Promise<number | undefined> {
    const { body } = await this.get<StockLevel[]>('/stock');
    return body.find((level) => level.sku === sku)?.left;
  }

  /** What `look` gives, once it does not throw any more; by the deadline, what it threw last. */
  eventually<T>(look: () => Promise<T>): Promise<T> {
    return vi.waitFor(look, { timeout: DEADLINE_MS, interval: 20 });
  }

  async #send<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }
}
