import type { Contender } from './contender.js';

/** What one pull asks for beside the free slots: as much as Tasqueue reads ahead when jobs do nothing. */
const AHEAD = 256;

function bareWith(name: string, ahead: number): Contender {
  return {
    name,
    async open(options) {
      const { BareQueue } = await import('./bare-queue.js');
      return BareQueue.open(options, ahead);
    },
  };
}

/**
 * No queue but the ceiling: what the client, the NATS server and the machine can do at all. A job is
 * one message, published, pulled and acknowledged; nothing is checked, recorded or given out again.
 */
export const bare = bareWith('bare client', AHEAD);
export const bareWithoutReadAhead = bareWith('bare client, readAhead: 0', 0);
