import { contenderNamed } from '../contenders/contenders.js';
import { handlerNamed } from '../handlers.js';
import type { WorkerCall } from './protocol.js';

/** A process with workers and nothing else, which does as it is told. */
const [contender = '', url = '', concurrency, handler = ''] = process.argv.slice(2);
const delaysMs: number[] = [];
const queue = await contenderNamed(contender).open({
  url,
  concurrency: Number(concurrency),
  handle: handlerNamed(handler, delaysMs),
});

/** Each gives the delays that were noticed since they were last asked for, or none. */
const calls: Readonly<Record<WorkerCall, () => Promise<readonly number[]>>> = {
  start: () => queue.start().then(() => []),
  stop: () => queue.stop().then(() => []),
  close: () => queue.close().then(() => []),
  delays: async () => delaysMs.splice(0),
};

function answer(delays: readonly number[]): void {
  process.send?.(delays);
}

process.on('message', (call: WorkerCall) => void calls[call]().then(answer));
// Its parent may end without a word.
process.once('disconnect', () => process.exit());
answer([]);
