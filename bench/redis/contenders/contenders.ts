import type { TasqueueOptions } from 'nestjs-tasqueue';
import type { Contender, FlowQueue } from './contender.js';

/** Each is loaded only by the processes that measure it. */
function tasqueueWith(name: string, settings: TasqueueOptions): Contender<FlowQueue> {
  return {
    name,
    async open({ url, ...options }) {
      const [{ RedisBroker, RedisResults }, { TasqueueApp }] = await Promise.all([
        import('nestjs-tasqueue/redis'),
        import('../../contenders/tasqueue-app.js'),
      ]);
      const [broker, results] = [new RedisBroker({ url }), new RedisResults({ url })];
      return TasqueueApp.open({ broker, results, ...settings, ...options });
    },
  };
}

export const tasqueue = tasqueueWith('Tasqueue', {});
export const tasqueueWithoutReadAhead = tasqueueWith('Tasqueue, readAhead: 0', { readAhead: 0 });

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

/** Those that enqueue as they do with and without read-ahead stand here once. */
export const PRODUCERS: readonly Contender[] = [tasqueue, bullmq, beeQueue];
export const CONTENDERS = [tasqueue, tasqueueWithoutReadAhead, bullmq, beeQueue] as const;

export function contenderNamed(name: string): Contender {
  const found = CONTENDERS.find((contender) => contender.name === name);
  if (found === undefined) throw new Error(`there is no contender '${name}'`);
  return found;
}
