import { build } from './build.js';
import { type Command, parseCommand, USAGE } from './command.js';
import { tellSeed } from './report/account.js';
import { table, totals } from './report/table.js';
import { waysOf } from './rules/ways.js';
import { without } from './rules/without.js';
import { runSeeds } from './run-seeds.js';

/** Whether every promise was kept. */
async function playSeeds({ broker, seeds, faults, scenario, lanes }: Command): Promise<boolean> {
  const copy = await build([]);
  try {
    const orders = { broker, faults, scenario };
    const tell = tellSeed(seeds.length);
    const reports = await runSeeds({ folder: copy.folder, orders, seeds, lanes, tell });
    console.log(`\n${table([{ broker, ...totals(reports) }])}`);
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
