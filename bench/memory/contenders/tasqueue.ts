import type { TasqueueOptions } from 'nestjs-tasqueue';
import type { Contender } from './contender.js';

/** Loaded only by the processes that measure it: Nest comes with it. On the memory adapters. */
function contender(name: string, options: TasqueueOptions = {}): Contender {
  return {
    name,
    async open(concurrency) {
      const { TasqueueApp } = await import('../../contenders/tasqueue-app.js');
      return TasqueueApp.open({ ...options, concurrency });
    },
  };
}

export const tasqueue = contender('Tasqueue');
export const tasqueueWithoutReadAhead = contender('Tasqueue, readAhead: 0', { readAhead: 0 });
