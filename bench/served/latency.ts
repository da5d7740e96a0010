import { setTimeout as sleep } from 'node:timers/promises';
import { addBacklog } from '../contenders/open-queue.js';
import type { Figures } from '../harness/figures.js';
import { percentiles } from '../harness/percentile.js';
import type { MeasureOptions } from '../harness/section.js';
import type { Contender } from './contenders/contender.js';
import { stamped } from './stamp.js';
import { RemoteQueue } from './workers/remote-queue.js';

export interface Load {
  readonly perSecond: number;
  readonly concurrency: number;
}

const FULL = { warmUpJobs: 3_000, warmUpSeconds: 1, seconds: 5 };
const QUICK = { warmUpJobs: 100, warmUpSeconds: 0, seconds: 0.2 };

/** From the call of enqueue in this process to the handler in another, ms. */
export async function latencyAt(
  { perSecond, concurrency }: Load,
  { name: contender }: Contender,
  { quick, serverUrl: url }: MeasureOptions,
): Promise<Figures> {
  const { warmUpJobs, warmUpSeconds, seconds } = quick ? QUICK : FULL;
  const handler = 'that notes delays';
  const queue = await RemoteQueue.open({ contender, url, concurrency, handler }, 1);
  await addBacklog(queue, warmUpJobs);
  await queue.start();
  await queue.ended();
  await send(queue, perSecond, warmUpSeconds);
  await queue.delaysMs();
  await send(queue, perSecond, seconds);
  const delaysMs = await queue.delaysMs();
  await queue.stop();
  await queue.close();
  return percentiles(delaysMs);
}

/** At this rate, whatever becomes of what was sent: nothing waits for an answer. */
async function send(queue: RemoteQueue, perSecond: number, seconds: number): Promise<void> {
  const accepted: Promise<void>[] = [];
  const begin = performance.now();
  while (accepted.length < perSecond * seconds) {
    const due = ((performance.now() - begin) / 1_000) * perSecond;
    while (accepted.length < Math.min(due, perSecond * seconds))
      accepted.push(queue.addOne(stamped(accepted.length)));
    await sleep(1);
  }
  await Promise.all(accepted);
  await queue.ended();
}
