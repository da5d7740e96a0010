import { build } from './build.js';
import { type Command, parseCommand, USAGE } from './command.js';
import { tellSeed } from './report/account.js';
import { SeedLog } from './report/seed-log.js';
import { table, totals } from './report/table.js';
import { waysOf } from './rules/ways.js';
import { without } from './rules/without.js';
import { runSeeds } from './run-seeds.js';
import type { SeedReport } from './seed/seed-report.js';

/** Whether every promise was kept. */
async function playSeeds(command: Command): Promise<boolean> {
  const { broker, seeds, faults, scenario, lanes } = command;
  const log = new SeedLog(command.log);
  const known = log.read().filter(({ seed }) => seeds.includes(seed));
  const played = new Set(known.map(({ seed }) => seed));
  const left = seeds.filter((seed) => !played.has(seed));
  const copy = await build([]);
  try {
    const account = tellSeed(left.length);
    const tell = (report: SeedReport): boolean => {
      log.write(report);
      return account(report);
    };
    const orders = { broker, faults, scenario };
    const fresh = await runSeeds({ folder: copy.folder, orders, seeds: left, lanes, tell });
    const reports = [...known, ...fresh];
    console.log(`\n${table([{ broker, scenario, ...totals(reports) }])}`);
    return reports.every(({ violations }) => violations.length === 0);
  } finally {
    await copy.remove();
  }
}

async function obey(command: Command): Promise<boolean> {
  const { broker, seeds, faults, scenario, lanes } = command;
  console.log(`seeds ${seeds[0]} to ${seeds.at(-1)} on ${broker}`);
  if (command.without === undefined) return playSeeds(command);
  const rule = command.without === 'rules' ? undefined : command.without;
  const orders = { broker, faults, scenario };
  return without({ ways: waysOf(broker, rule), orders, seeds, lanes });
}

try {
  const command = parseCommand(process.argv.slice(2));
  if (command === 'help') console.log(USAGE);
  else if (!(await obey(command))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
