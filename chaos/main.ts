import { build } from './build.js';
import { parseCommand, USAGE } from './command.js';
import { table, totals } from './report/table.js';
import { runSeeds } from './run-seeds.js';
import type { SeedReport } from './seed/seed-report.js';

function tell({ seed, tookMs, jobs, kills, faults, violations }: SeedReport): boolean {
  const verdict = violations.length === 0 ? 'kept' : `${violations.length} BROKEN`;
  console.log(
    `seed ${seed}: ${verdict}; ${jobs} jobs, ${kills} kills, ${faults} faults, ${tookMs} ms`,
  );
  for (const { kind, id, what, history } of violations) {
    console.log(`  ${kind}: '${id}': ${what}`);
    for (const line of history) console.log(`      ${line}`);
  }
  return false;
}

const command = parseCommand(process.argv.slice(2));
if (command === 'help') console.log(USAGE);
else {
  const { broker, seeds, faults, lanes } = command;
  console.log(`seeds ${seeds[0]} to ${seeds.at(-1)} on ${broker}`);
  const copy = await build([]);
  try {
    const reports = await runSeeds({
      folder: copy.folder,
      orders: { broker, faults },
      seeds,
      lanes,
      tell,
    });
    console.log(`\n${table([{ broker, ...totals(reports) }])}`);
    if (reports.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
  } finally {
    await copy.remove();
  }
}
