import type { TasqueueAdmin } from 'nestjs-tasqueue';
import type { Footprint } from './protocol.js';

const QUEUES = ['work', 'ticks'];
/** What is on its way at this moment (a write, a look-up, the next turn) beside what is open. */
const UNDER_WAY = /Req|WriteWrap|ShutdownWrap|Immediate/;

/** Of this process, after a full garbage collection: start it with --expose-gc. */
export async function footprintOf(
  admin: TasqueueAdmin,
  counted: Pick<Footprint, 'attempts' | 'enqueued'>,
): Promise<Footprint> {
  const stats = await Promise.all(QUEUES.map((queue) => admin.stats(queue)));
  const open = stats.reduce(
    (sum, { queued, scheduled, retrying, processing }) =>
      sum + queued + scheduled + retrying + processing,
    0,
  );
  // Twice: what is freed by the first may free more.
  await globalThis.gc?.({ type: 'major', execution: 'async' });
  await globalThis.gc?.({ type: 'major', execution: 'async' });
  const { heapUsed } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const timers = resources.filter((kind) => kind === 'Timeout').length;
  const handles = resources.filter((kind) => kind !== 'Timeout' && !UNDER_WAY.test(kind)).length;
  return { heapBytes: heapUsed, handles, timers, open, ...counted };
}
