import { setTimeout as sleep } from 'node:timers/promises';
import { job, type Broker, type JobPage, type JobPageRequest } from 'nestjs-tasqueue';
import { RedisBroker, RedisResults } from 'nestjs-tasqueue/redis';
import { claimAndSettle, sessionOn } from '../contenders/claiming.js';
import { addBacklog, MANY } from '../contenders/open-queue.js';
import { ordersOf } from '../contenders/order.js';
import { QUEUE, Ship, TasqueueApp } from '../contenders/tasqueue-app.js';
import type { Figures } from '../harness/figures.js';
import { rateOf, taken } from '../harness/stopwatch.js';

const CONCURRENCY = 100;
const ASKED_EVERY_MS = 20;
const PAGE = 100;
const PAGES = 20;
const DAY_MS = 86_400_000;
const SESSION = sessionOn(QUEUE);

type List = (page: JobPageRequest) => Promise<JobPage>;

/** An application with lists that can be made long. */
export class Depths {
  private constructor(
    private readonly app: TasqueueApp,
    private readonly broker: Broker,
  ) {}

  static async open(url: string): Promise<Depths> {
    const [broker, results] = [new RedisBroker({ url }), new RedisResults({ url })];
    return new Depths(
      await TasqueueApp.open({ broker, results, concurrency: CONCURRENCY }),
      broker,
    );
  }

  /** Until as many jobs have finished, are scheduled, and wait. */
  async fill(depth: number): Promise<void> {
    const { queued, scheduled, successful } = await this.app.admin.stats(QUEUE);
    await addBacklog(this.app, depth - successful - queued);
    await this.#finish(depth);
    await this.#schedule(depth - scheduled);
    await addBacklog(this.app, depth);
  }

  /** Microseconds per job, at the broker, of `count` more jobs. */
  async work(count: number): Promise<Figures> {
    await this.broker.open(SESSION);
    const enqueued = await taken(() => addBacklog(this.app, count));
    const claimed = await taken(() => claimAndSettle(this.broker, SESSION, count));
    await this.broker.leave(SESSION.session);
    const micros = (time: typeof enqueued): number => 1_000_000 / rateOf(count, time).perSecond;
    return { enqueue: micros(enqueued), claim: micros(claimed) };
  }

  /** Milliseconds per page: the first one, and those in the middle of the list. */
  async pages(depth: number): Promise<Figures> {
    const { admin } = this.app;
    const lists: Readonly<Record<string, List>> = {
      pending: (page) => admin.pending(QUEUE, page),
      scheduled: (page) => admin.scheduled(QUEUE, page),
      successful: (page) => admin.successful(page),
    };
    const figures: Record<string, number> = {};
    for (const [name, list] of Object.entries(lists)) {
      figures[name] = await millisPerPage(list, undefined);
      figures[`${name}, deep`] = await millisPerPage(list, await cursorAt(list, depth / 2));
    }
    return figures;
  }

  close(): Promise<void> {
    return this.app.close();
  }

  async #finish(count: number): Promise<void> {
    await this.app.start();
    while ((await this.app.finished()) < count) await sleep(ASKED_EVERY_MS);
    await this.app.stop();
  }

  async #schedule(count: number): Promise<void> {
    for (let added = 0; added < count; added += MANY) {
      const orders = ordersOf(Math.min(MANY, count - added));
      await this.app.client.enqueueMany(orders.map((order) => job(Ship, order, { delay: DAY_MS })));
    }
  }
}

async function cursorAt(list: List, depth: number): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let passed = 0; passed < depth; passed += MANY)
    cursor = (await list({ cursor, limit: Math.min(MANY, depth) })).next;
  return cursor;
}

async function millisPerPage(list: List, cursor: string | undefined): Promise<number> {
  const { seconds } = await taken(async () => {
    for (let page = 0; page < PAGES; page += 1) await list({ cursor, limit: PAGE });
  });
  return (seconds * 1_000) / PAGES;
}
