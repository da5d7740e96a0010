import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, parseCommand, USAGE } from './command.js';
import { plot } from './plot.js';
import { report } from './report.js';
import { seriesOf } from './sample.js';
import { soak } from './soak.js';
import { judge } from './verdict.js';

async function run(command: Command): Promise<boolean> {
  const { broker, out } = command;
  const soaked = await soak(command);
  const series = seriesOf(soaked.samples);
  const verdicts = series.map(judge);
  const page = report(command, soaked, verdicts);
  await mkdir(out, { recursive: true });
  await Promise.all([
    writeFile(join(out, `${broker}.md`), page),
    writeFile(join(out, `${broker}.svg`), plot(`Soak on ${broker}`, series)),
    writeFile(join(out, `${broker}.json`), JSON.stringify(soaked.samples)),
  ]);
  console.log(page);
  if (soaked.output !== '') console.log(`The processes said:\n${soaked.output}`);
  return soaked.left === 0 && verdicts.every(({ flat }) => flat);
}

try {
  const command = parseCommand(process.argv.slice(2));
  if (command === 'help') console.log(USAGE);
  else if (!(await run(command))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
