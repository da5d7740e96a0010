/** An app that is told to end while a job runs: what it prints is looked at from outside. */
import 'reflect-metadata';
import {
  type DynamicModule,
  type INestApplicationContext,
  Injectable,
  type ModuleMetadata,
  type OnModuleDestroy,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Task, TasqueueClient, TasqueueModule } from 'nestjs-tasqueue';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

@Injectable()
class Database implements OnModuleDestroy {
  #open = true;

  onModuleDestroy() {
    this.#open = false;
    say('database closed');
  }

  insert(row: string) {
    say(this.#open ? `stored ${row}` : `lost ${row}`);
  }
}

@Injectable()
class Orders {
  constructor(private readonly database: Database) {}

  /** Ends well after the signal has come. */
  @Task('order')
  async order(id: string) {
    const told = new Promise((resolve) => void process.once('SIGTERM', resolve));
    say('running');
    await told;
    for (let turn = 0; turn < 100; turn += 1)
      await new Promise((resolve) => void setImmediate(resolve));
    this.database.insert(`order ${id}`);
  }
}

const database: DynamicModule = {
  module: class DatabaseModule {},
  global: true,
  providers: [Database],
  exports: [Database],
};
const orders: DynamicModule = { module: class OrdersModule {}, providers: [Orders] };
const tasqueue = TasqueueModule.forRoot();

const IMPORTS: Record<string, ModuleMetadata['imports']> = {
  'tasqueue first': [tasqueue, database, orders],
  'tasqueue between': [database, tasqueue, orders],
  'tasqueue last': [database, orders, tasqueue],
};

class AppModule {}
const root: DynamicModule = { module: AppModule, imports: IMPORTS[process.argv[2] ?? ''] ?? [] };

async function start(): Promise<INestApplicationContext> {
  if (process.argv[3] !== 'http')
    return NestFactory.createApplicationContext(root, { logger: false });
  const app = await NestFactory.create(root, { logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

const app = await start();
app.enableShutdownHooks();
await app.get(TasqueueClient).enqueue('order', '1');
