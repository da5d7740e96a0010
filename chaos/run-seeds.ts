import { Lane } from './lane/lane.js';
import type { LaneOrders } from './lane/protocol.js';
import type { SeedReport } from './seed/seed-report.js';

export interface Run {
  /** Of the package that is tried. */
  readonly folder: string;
  readonly orders: LaneOrders;
  readonly seeds: readonly number[];
  /** Seeds that are played side by side, each lane with a server of its own. */
  readonly lanes: number;
  /** Told of each seed as it ends; true: no more of them. */
  readonly tell: (report: SeedReport) => boolean;
}

/** Plays the seeds; gives their reports in the order of the seeds. */
export async function runSeeds({ folder, orders, seeds, lanes, tell }: Run): Promise<SeedReport[]> {
  const reports: SeedReport[] = [];
  const waiting = [...seeds];
  let isEnough = false;
  const work = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const lane = await Lane.open(folder, orders);
    try {
      for (let seed = waiting.shift(); seed !== undefined && !isEnough; seed = waiting.shift()) {
        const report = await lane.play(seed);
        reports.push(report);
        isEnough ||= tell(report);
      }
    } finally {
      await lane.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, seeds.length) }, work));
  return reports.sort((a, b) => a.seed - b.seed);
}
