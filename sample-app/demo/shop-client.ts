import type { GroupMessage } from 'nestjs-tasqueue';
import type { Order, OrderDraft } from '../orders/order.js';
import type { OrderView } from '../orders/order-view.js';
import type { Region } from '../orders/region.js';
import type { SalesReport } from '../reports/reports.definitions.js';
import type { StartedReport } from '../reports/reports.service.js';
import type { StockLevel } from '../stock/stock.repository.js';

/** One row of `GET /admin/queues`, as far as the demo looks at it. */
export interface QueueCounts {
  readonly queue: string;
  readonly queued: number;
  readonly processing: number;
  readonly retrying: number;
  readonly successful: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** The shop as its customers have it: by HTTP. Requests end with the signal. */
export class ShopClient {
  constructor(
    private readonly url: string,
    private readonly signal: AbortSignal,
  ) {}

  place(draft: OrderDraft): Promise<unknown> {
    return this.#send('POST', '/orders', draft);
  }

  orders(): Promise<Order[]> {
    return this.#send('GET', '/orders');
  }

  order(id: string): Promise<OrderView> {
    return this.#send('GET', `/orders/${id}`);
  }

  stock(): Promise<StockLevel[]> {
    return this.#send('GET', '/stock');
  }

  queues(): Promise<QueueCounts[]> {
    return this.#send('GET', '/admin/queues');
  }

  startReport(regions: readonly Region[]): Promise<StartedReport> {
    return this.#send('POST', '/reports/sales', { regions });
  }

  group(id: string): Promise<GroupMessage> {
    return this.#send('GET', `/groups/${id}`);
  }

  report(resultId: string): Promise<{ result?: SalesReport }> {
    return this.#send('GET', `/results/${resultId}`);
  }

  /** The caller names the type of the answer. */
  async #send<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      signal: this.signal,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is our own shop that answers
    if (response.ok) return (await response.json()) as Answer;
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  }
}
