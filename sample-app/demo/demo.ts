import { listen } from '../http/listen.js';
import { createShop } from '../shop.js';
import type { StoreKindName } from '../stores/stores.js';
import { openDemoStores } from './demo-stores.js';
import { orderBook } from './order-book.js';
import type { Outcome } from './outcome.js';
import { Scenario } from './scenario.js';
import type { Screen } from './screen.js';
import { ShopClient } from './shop-client.js';

export interface DemoOptions {
  readonly broker: StoreKindName;
  /** Where the address of its server may be named. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly screen: Screen;
  /** Told where the shop is open. */
  readonly onOpen: (url: string) => void;
  /** Ends the demo early. */
  readonly signal: AbortSignal;
}

/** Boots the shop, plays the scenario, and closes the shop: running jobs come to their end first. */
export async function playDemo({
  broker,
  variables,
  screen,
  onOpen,
  signal,
}: DemoOptions): Promise<Outcome> {
  const demo = await openDemoStores(broker, variables);
  const app = await createShop({ stores: demo.stores });
  try {
    const url = await listen(app, 0);
    onOpen(url);
    const shop = new ShopClient(url, signal);
    return await new Scenario(shop, orderBook(), (now) => screen.show(now), signal).play();
  } finally {
    screen.close();
    await app.close();
    await demo.clear();
  }
}
