import type { TasqueueOptions } from 'nestjs-tasqueue';
import type { Contender, FlowQueue } from './contender.js';
import { storesAt } from './stores.js';

/** Loaded only by the processes that measure it. */
function tasqueueWith(name: string, settings: TasqueueOptions): Contender<FlowQueue> {
  return {
    name,
    async open({ url, ...options }) {
      const [stores, { TasqueueApp }] = await Promise.all([
        storesAt(url),
        import('../../contenders/tasqueue-app.js'),
      ]);
      return TasqueueApp.open({ ...stores, ...settings, ...options });
    },
  };
}

export const tasqueue = tasqueueWith('Tasqueue', {});
export const tasqueueWithoutReadAhead = tasqueueWith('Tasqueue, readAhead: 0', { readAhead: 0 });
