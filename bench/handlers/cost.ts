import 'reflect-metadata';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  job,
  TasqueueAdmin,
  TasqueueClient,
  TasqueueModule,
  TasqueueRunner,
} from 'nestjs-tasqueue';
import { FinishLine } from '../contenders/finish-line.js';
import { handle, ordersOf } from '../contenders/order.js';
import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import type { Part } from '../harness/section.js';
import { type Taken, taken } from '../harness/stopwatch.js';
import { decimal, table, whole } from '../harness/table.js';
import { HANDLER, Plain, Ship, SHOPS } from './shops.js';

const FULL = { jobs: 20_000, warmUps: 2 };
const QUICK = { jobs: 100, warmUps: 0 };
const CONCURRENCY = 10;
const DIRECT = 'a direct call';

/** The last of some rounds; those before compile the code. */
async function lastOf({ jobs, warmUps }: typeof FULL, round: () => Promise<Taken>) {
  for (let warmUp = 0; warmUp < warmUps; warmUp += 1) await round();
  const { seconds, cpuSeconds } = await round();
  return { micros: (seconds / jobs) * 1e6, cpuMicros: (cpuSeconds / jobs) * 1e6 };
}

/** The same method, called by whoever has its class: what every job has to be compared with. */
function direct(size: typeof FULL): Promise<Figures> {
  const plain = new Plain(handle);
  return lastOf(size, () => {
    const orders = ordersOf(size.jobs);
    return taken(async () => {
      for (const order of orders) await plain.ship(order);
    });
  });
}

/** Jobs that wait; from the start of the workers to the last outcome in the store. */
async function asTask(shop: Type, size: typeof FULL): Promise<Figures> {
  const line = new FinishLine(handle);
  const queues = { 'tasqueue:tasks': { concurrency: CONCURRENCY } };
  @Module({
    imports: [TasqueueModule.forRoot({ queues, autoStart: false, retention: { successful: {} } })],
    providers: [shop, { provide: HANDLER, useValue: line.handle }],
  })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'] });
  const runner = app.get(TasqueueRunner);
  const figures = await lastOf(size, async () => {
    line.expect(size.jobs);
    await app.get(TasqueueClient).enqueueMany(ordersOf(size.jobs).map((order) => job(Ship, order)));
    const took = await taken(async () => {
      await runner.start();
      await line.reached(
        async () => (await app.get(TasqueueAdmin).stats('tasqueue:tasks')).successful,
      );
    });
    await runner.stop();
    return took;
  });
  await app.close();
  return figures;
}

export const cost: Part = {
  name: 'cost',
  measurements: [
    { name: DIRECT, measure: ({ quick }) => direct(quick ? QUICK : FULL) },
    ...Object.entries(SHOPS).map(([name, shop]) => ({
      name,
      measure: ({ quick }: { readonly quick: boolean }) => asTask(shop, quick ? QUICK : FULL),
    })),
  ],
  tables: (findings) => [costTable(findings)],
};

function costTable(findings: Findings): string {
  const beside = findings.of(DIRECT, 'cpuMicros').median;
  const rows = [DIRECT, ...Object.keys(SHOPS)].map((name) => {
    const { median, least, most } = findings.of(name, 'micros');
    const cpu = findings.of(name, 'cpuMicros').median;
    return [name, ...[median, least, most, cpu, cpu - beside].map((micros) => decimal(micros, 2))];
  });
  return table(
    `Microseconds per job, of ${whole(FULL.jobs)}: a method called directly, and as a task written in several ways`,
    ['', 'us/job', 'least', 'most', 'CPU us/job', '+ CPU'],
    rows,
  );
}
