import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { RedisServer } from '../../../support/servers/redis-server.js';
import { Shop, type ShopOptions } from './shop.js';
import { openBrowser, Visitor } from './visitor.js';

/** A Redis, a shop on it and a browser, for the tests of one file. */
export interface World {
  readonly shop: Shop;
  readonly redis: RedisServer;
  /** Somebody who looks, for one test; they may have nothing to complain about. */
  visit(path?: string, options?: BrowserContextOptions): Promise<Visitor>;
  /** The same shop in another process's place: it has the same jobs. */
  another(options?: Partial<ShopOptions>): Promise<Shop>;
}

export function useWorld(prefix: string, options: Partial<ShopOptions> = {}): World {
  let redis: RedisServer;
  let browser: Browser;
  let shop: Shop;
  const open = (more: Partial<ShopOptions> = {}) =>
    Shop.open({ redisUrl: redis.url, prefix, ...options, ...more });

  beforeAll(async () => {
    [redis, browser] = await Promise.all([RedisServer.start(), openBrowser()]);
    shop = await open();
  });

  afterAll(async () => {
    await browser.close();
    await shop.close();
    await redis.stop();
  });

  return {
    get shop() {
      return shop;
    },
    get redis() {
      return redis;
    },
    visit: async (path, contextOptions) => {
      const visitor = await Visitor.of(browser, shop.mount, contextOptions);
      onTestFinished(async () => {
        await visitor.close();
        expect(visitor.complaints).toEqual([]);
      });
      if (path !== undefined) await visitor.open(path);
      return visitor;
    },
    another: async (more) => {
      const other = await open(more);
      onTestFinished(() => other.close());
      return other;
    },
  };
}
