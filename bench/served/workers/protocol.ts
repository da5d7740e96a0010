import type { HandlerName } from '../handlers.js';

/** What a worker process is started with. */
export interface WorkerSettings {
  readonly contender: string;
  readonly url: string;
  readonly concurrency: number;
  readonly handler: HandlerName;
}

/** What it is told; each is answered, by an array of numbers, once it is done. */
export type WorkerCall = 'start' | 'stop' | 'delays' | 'close';
