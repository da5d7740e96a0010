import { build } from '../build.js';
import type { LaneOrders } from '../lane/protocol.js';
import { table } from '../report/table.js';
import { runSeeds } from '../run-seeds.js';
import type { SeedReport } from '../seed/seed-report.js';
import type { Way } from './ways.js';

export interface Trial {
  readonly ways: readonly Way[];
  readonly orders: LaneOrders;
  readonly seeds: readonly number[];
  readonly lanes: number;
}

/** Plays the seeds without a rule, way by way, until one notices. True when each rule was noticed missing at least once. */
export async function without({ ways, orders, seeds, lanes }: Trial): Promise<boolean> {
  const rows = [];
  const caught = new Set<number>();
  for (const way of ways) {
    const [report] = await play(way, { orders, seeds, lanes });
    const [violation] = report?.violations ?? [];
    if (violation) caught.add(way.rule);
    const row = {
      rule: way.rule,
      'switched off: it': way.name,
      'caught by seed': report === undefined ? 'none' : String(report.seed),
      how: violation === undefined ? '' : `'${violation.id}': ${violation.what}`,
    };
    console.log(`rule ${row.rule}, it ${way.name}: ${row['caught by seed']}; ${row.how}`);
    rows.push(row);
  }
  console.log(`\n${table(rows)}`);
  return ways.every(({ rule }) => caught.has(rule));
}

/** The reports of seeds that noticed. */
async function play(
  way: Way,
  { orders, seeds, lanes }: Omit<Trial, 'ways'>,
): Promise<readonly SeedReport[]> {
  const copy = await build([way]);
  try {
    const { folder } = copy;
    const tell = ({ violations }: SeedReport): boolean => violations.length > 0;
    const reports = await runSeeds({ folder, orders, seeds, lanes, tell });
    return reports.filter(({ violations }) => violations.length > 0);
  } catch (error) {
    // What breaks so badly that not even a seed ends is noticed, too.
    console.log(error instanceof Error ? error.message : String(error));
    return [];
  } finally {
    await copy.remove();
  }
}
