import type { SeedReport } from '../seed/seed-report.js';

/** What comes behind follows from the same, most of the time. */
const MOST_TOLD = 20;

/** Tells of each seed as it ends, with the history of whoever was wronged. None of them is enough. */
export function tellSeed(total: number): (report: SeedReport) => false {
  let done = 0;
  return ({ seed, tookMs, jobs, kills, faults, violations }) => {
    done += 1;
    const verdict = violations.length === 0 ? 'all kept' : `${violations.length} BROKEN`;
    console.log(
      `${done}/${total} seed ${seed}: ${verdict}; ${jobs} jobs, ${kills} kills, ${faults} faults, ${tookMs} ms`,
    );
    for (const { kind, id, what, history } of violations.slice(0, MOST_TOLD)) {
      console.log(`  ${kind}: '${id}': ${what}`);
      for (const line of history) console.log(`      ${line}`);
    }
    return false;
  };
}
