import 'reflect-metadata';
import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  defineTask,
  job,
  MemoryBroker,
  Task,
  TasqueueClient,
  TasqueueModule,
  TasqueueRunner,
  type TasqueueOptions,
} from 'nestjs-tasqueue';
import { handle, type Order } from '../order.js';
import type { OpenQueue } from './contender.js';
import { CountingResults } from './counting-results.js';

export const QUEUE = 'orders';

const Ship = defineTask<Order, number>('orders.ship', { queue: QUEUE });

@Injectable()
class Orders {
  @Task(Ship)
  ship(order: Order): Promise<number> {
    return handle(order);
  }
}

interface AppOptions extends TasqueueOptions {
  readonly concurrency: number;
}

/** A Nest application as a user would write it, on the memory adapters. */
export class TasqueueApp implements OpenQueue {
  readonly client: TasqueueClient;
  readonly #runner: TasqueueRunner;
  #added = 0;

  private constructor(
    private readonly app: INestApplicationContext,
    private readonly results: CountingResults,
    readonly broker: MemoryBroker,
  ) {
    this.client = app.get(TasqueueClient);
    this.#runner = app.get(TasqueueRunner);
  }

  static async open({ concurrency, ...options }: AppOptions): Promise<TasqueueApp> {
    const [broker, results] = [new MemoryBroker(), new CountingResults()];
    const queues = { [QUEUE]: { concurrency } };
    @Module({
      imports: [TasqueueModule.forRoot({ broker, results, queues, autoStart: false, ...options })],
      providers: [Orders],
    })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'] });
    return new TasqueueApp(app, results, broker);
  }

  async addOne(order: Order): Promise<void> {
    this.#added += 1;
    await this.client.enqueue(Ship, order);
  }

  async add(orders: readonly Order[]): Promise<void> {
    await Promise.all(orders.map((order) => this.addOne(order)));
  }

  async addMany(orders: readonly Order[]): Promise<void> {
    this.#added += orders.length;
    await this.client.enqueueMany(orders.map((order) => job(Ship, order)));
  }

  start(): Promise<void> {
    return this.#runner.start();
  }

  stop(): Promise<void> {
    return this.#runner.stop();
  }

  ended(): Promise<void> {
    return this.results.stored(this.#added);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
