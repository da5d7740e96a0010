import { bare, bareWithoutReadAhead } from './bare.js';
import type { Contender, FlowQueue } from './contender.js';
import { tasqueue, tasqueueWithoutReadAhead } from './tasqueue.js';

/** Each is loaded only by the processes that measure it. */
export const bullmq: Contender<FlowQueue> = {
  name: 'bullmq',
  async open(options) {
    const { BullmqQueue } = await import('./bullmq-queue.js');
    return new BullmqQueue(options).ready();
  },
};

export const beeQueue: Contender = {
  name: 'bee-queue',
  async open(options) {
    const { BeeQueueQueue } = await import('./bee-queue-queue.js');
    return new BeeQueueQueue(options).ready();
  },
};

/** On Redis. Those that enqueue as they do with and without read-ahead stand here once. */
export const PRODUCERS: readonly Contender[] = [tasqueue, bullmq, beeQueue];
export const CONTENDERS = [tasqueue, tasqueueWithoutReadAhead, bullmq, beeQueue] as const;

export function contenderNamed(name: string): Contender {
  const all: readonly Contender[] = [...CONTENDERS, bare, bareWithoutReadAhead];
  const found = all.find((contender) => contender.name === name);
  if (found === undefined) throw new Error(`there is no contender '${name}'`);
  return found;
}
