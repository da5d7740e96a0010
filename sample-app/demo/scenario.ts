import { setTimeout as pause } from 'node:timers/promises';
import type { OrderDraft } from '../orders/order.js';
import { type Region, REGIONS } from '../orders/region.js';
import type { DemoReport, Outcome } from './outcome.js';
import type { ShopClient } from './shop-client.js';
import { endedOrders, type Plan, type Snapshot, takeSnapshot } from './snapshot.js';

/** Between two looks at the shop. */
const LOOK_EVERY_MS = 80;
/** Between two orders, so that one can see them come in. */
const NEXT_ORDER_MS = 15;

const REPORTS: readonly (readonly Region[])[] = [REGIONS, ['north', 'south']];

/** Customers come, then the owner asks for two reports. */
export class Scenario {
  readonly #plan: Plan;

  constructor(
    private readonly shop: ShopClient,
    private readonly drafts: readonly OrderDraft[],
    private readonly show: (snapshot: Snapshot) => void,
    private readonly signal: AbortSignal,
  ) {
    this.#plan = { startedAt: performance.now(), expected: drafts.length, groupIds: [] };
  }

  /** Rejects when the signal fires. */
  async play(): Promise<Outcome> {
    await Promise.all([this.#placeOrders(), this.#watchUntil(haveOrdersEnded)]);
    const reports = await Promise.all(REPORTS.map((regions) => this.#startReport(regions)));
    await this.#watchUntil(haveReportsEnded);
    const { queues, elapsedMs } = await this.#watchUntil(isQuiet);
    return {
      orders: await Promise.all(this.drafts.map(({ id }) => this.shop.order(id))),
      stock: await this.shop.stock(),
      reports: await Promise.all(reports.map((readReport) => readReport())),
      queues,
      elapsedMs,
    };
  }

  async #placeOrders(): Promise<void> {
    for (const draft of this.drafts) {
      await this.shop.place(draft);
      await pause(NEXT_ORDER_MS, undefined, { signal: this.signal });
    }
  }

  async #startReport(regions: readonly Region[]): Promise<() => Promise<DemoReport>> {
    const { groupId, resultId } = await this.shop.startReport(regions);
    this.#plan.groupIds.push(groupId);
    return async () => ({ regions, result: (await this.shop.report(resultId)).result });
  }

  /** Shows how the shop stands, again and again. */
  async #watchUntil(condition: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    for (;;) {
      const snapshot = await takeSnapshot(this.shop, this.#plan);
      this.show(snapshot);
      if (condition(snapshot)) return snapshot;
      await pause(LOOK_EVERY_MS, undefined, { signal: this.signal });
    }
  }
}

function haveOrdersEnded(snapshot: Snapshot): boolean {
  return endedOrders(snapshot) === snapshot.expected;
}

function haveReportsEnded({ parts }: Snapshot): boolean {
  return parts.ended === parts.all;
}

/** Nothing waits and nothing runs. */
function isQuiet({ queues }: Snapshot): boolean {
  return queues.every(({ queued, processing, retrying }) => queued + processing + retrying === 0);
}
