import { setTimeout as sleep } from 'node:timers/promises';
import { handle, type Order, orderOf } from '../contenders/order.js';
import type { Figures } from '../harness/figures.js';
import { type Findings, spreadOf } from '../harness/findings.js';
import { type NatsServer, startNats } from '../harness/nats-server.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { decimal, table } from '../harness/table.js';
import { tasqueue } from '../served/contenders/tasqueue.js';
import type { Producer } from '../contenders/enqueueing.js';

const NAME = 'restart';
const FULL = 5;
const QUICK = 1;
const CONCURRENCY = 10;
const TRIED_AGAIN_AFTER_MS = 5;

/** It starts its server itself, so as to kill it. */
async function measure({ quick }: MeasureOptions): Promise<Figures> {
  const server = await startNats();
  let called: (() => void) | undefined;
  const noting = (order: Order): Promise<number> => {
    called?.();
    return handle(order);
  };
  const nextCall = (): Promise<void> =>
    new Promise((resolve) => {
      called = resolve;
    });
  const queue = await tasqueue.open({ url: server.url, concurrency: CONCURRENCY, handle: noting });
  await queue.start();
  await enqueued(queue, nextCall());
  const times: number[] = [];
  for (let restart = 0; restart < (quick ? QUICK : FULL); restart += 1)
    times.push(await firstJobAfter(server, queue, nextCall()));
  await queue.close();
  await server.stop();
  return { median: spreadOf(times).median, most: Math.max(...times) };
}

async function firstJobAfter(
  server: NatsServer,
  queue: Producer,
  called: Promise<void>,
): Promise<number> {
  await server.kill();
  await server.restart();
  const readyAt = performance.now();
  await enqueued(queue, called);
  return performance.now() - readyAt;
}

/** A job, as soon as one is accepted; until its handler is called. */
async function enqueued(queue: Producer, called: Promise<void>): Promise<void> {
  let isAccepted = false;
  while (!isAccepted)
    try {
      await queue.addOne(orderOf(0));
      isAccepted = true;
    } catch {
      await sleep(TRIED_AGAIN_AFTER_MS);
    }
  await called;
}

export const restart: Part = {
  name: NAME,
  measurements: [{ name: NAME, measure }],
  tables: (findings) => [restartTable(findings)],
};

function restartTable(findings: Findings): string {
  const cells = ['median', 'most'].map((figure) => decimal(findings.of(NAME, figure).median, 0));
  return table(
    'Milliseconds from when a server that was killed is ready again to the first job, with a worker that waited; the median, and the most, of five restarts',
    ['', 'median', 'most'],
    [['first job', ...cells]],
  );
}
