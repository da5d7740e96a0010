import { parseCommand, USAGE } from './command.js';
import { describeMachine } from './harness/machine.js';
import { measureAll } from './harness/rounds.js';
import { sections } from './sections.js';

const command = parseCommand(process.argv.slice(2), [...sections.keys()]);

if ('problem' in command) {
  console.error(`${command.problem}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (command.help) {
  console.log(USAGE);
} else {
  console.log(describeMachine());
  for (const name of command.sections) {
    const section = await sections.get(name)?.();
    if (section === undefined) continue;
    const { repeats, quick } = command;
    const findings = await measureAll(section, { repeats, quick });
    console.log(
      `\n# ${name}, ${quick ? 'one quick look: the figures mean nothing' : `medians of ${repeats}`}`,
    );
    for (const table of section.report(findings)) console.log(`\n${table}`);
  }
}
