import 'reflect-metadata';
import { Inject, type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  chain,
  defineTask,
  group,
  job,
  Task,
  TasqueueAdmin,
  TasqueueClient,
  TasqueueModule,
  TasqueueRunner,
  type TasqueueOptions,
} from 'nestjs-tasqueue';
import { FinishLine } from './finish-line.js';
import type { OpenQueue } from './open-queue.js';
import { handle as noOp, type Handler, type Order } from './order.js';

export const QUEUE = 'orders';
export const Ship = defineTask<Order, number>('orders.ship', { queue: QUEUE });

const HANDLER = Symbol('handler');

@Injectable()
class Orders {
  constructor(@Inject(HANDLER) private readonly handle: Handler) {}

  @Task(Ship)
  ship(order: Order): Promise<number> {
    return this.handle(order);
  }
}

export interface AppOptions extends TasqueueOptions {
  readonly concurrency: number;
  readonly handle?: Handler | undefined;
}

/** A Nest application as a user would write it. */
export class TasqueueApp implements OpenQueue {
  readonly client: TasqueueClient;
  readonly admin: TasqueueAdmin;
  readonly #runner: TasqueueRunner;

  private constructor(
    private readonly app: INestApplicationContext,
    private readonly line: FinishLine,
  ) {
    this.client = app.get(TasqueueClient);
    this.admin = app.get(TasqueueAdmin);
    this.#runner = app.get(TasqueueRunner);
  }

  static async open({ concurrency, handle = noOp, ...options }: AppOptions): Promise<TasqueueApp> {
    const line = new FinishLine(handle);
    const queues = { [QUEUE]: { concurrency } };
    // Every outcome is kept, as the peers keep theirs.
    const retention = { successful: {} };
    @Module({
      imports: [TasqueueModule.forRoot({ queues, retention, autoStart: false, ...options })],
      providers: [Orders, { provide: HANDLER, useValue: line.handle }],
    })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'] });
    return new TasqueueApp(app, line);
  }

  async addOne(order: Order): Promise<void> {
    this.line.expect(1);
    await this.client.enqueue(Ship, order);
  }

  async add(orders: readonly Order[]): Promise<void> {
    await Promise.all(orders.map((order) => this.addOne(order)));
  }

  async addMany(orders: readonly Order[]): Promise<void> {
    this.line.expect(orders.length);
    await this.client.enqueueMany(jobsOf(orders));
  }

  /** Side by side; what follows them gets their results. */
  async addGroup(orders: readonly Order[]): Promise<void> {
    const [members, onSuccess] = [jobsOf(orders), jobsOf(orders.slice(0, 1))];
    this.line.expect(members.length + onSuccess.length);
    await this.client.enqueueGroup(group(members, { onSuccess }));
  }

  /** One after the other, each with the result of the one before. */
  async addChain(orders: readonly Order[]): Promise<void> {
    this.line.expect(orders.length);
    await this.client.enqueueChain(chain(jobsOf(orders)));
  }

  start(): Promise<void> {
    return this.#runner.start();
  }

  stop(): Promise<void> {
    return this.#runner.stop();
  }

  ended(): Promise<void> {
    return this.line.reached(() => this.finished());
  }

  /** Outcomes in the store. */
  async finished(): Promise<number> {
    return (await this.admin.stats(QUEUE)).successful;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

function jobsOf(orders: readonly Order[]) {
  return orders.map((order) => job(Ship, order));
}
