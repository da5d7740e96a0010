import { collectGarbage } from './heap.js';

/** What some work took. */
export interface Taken {
  readonly seconds: number;
  /** Of all threads: the garbage collector and the compiler work beside the program. */
  readonly cpuSeconds: number;
}

/** Begins with a clean heap: what was thrown away before is not charged to this work. */
export async function taken(work: () => Promise<unknown>): Promise<Taken> {
  await collectGarbage();
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await work();
  const seconds = (performance.now() - before) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { seconds, cpuSeconds: (user + system) / 1_000_000 };
}

/** A rate, and what one of `count` costs. */
export function rateOf(count: number, { seconds, cpuSeconds }: Taken) {
  return { perSecond: count / seconds, cpuMicros: (cpuSeconds / count) * 1_000_000 };
}
