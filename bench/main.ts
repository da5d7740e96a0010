import { parseCommand, USAGE } from './command.js';
import { describeMachine } from './harness/machine.js';
import { measureAll } from './harness/rounds.js';
import { sections } from './sections.js';

const command = await parseCommand(process.argv.slice(2), sections);

if ('problem' in command) {
  console.error(`${command.problem}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (command.help) {
  console.log(USAGE);
} else {
  console.log(describeMachine());
  const { repeats, quick } = command;
  for (const section of command.sections) {
    const findings = await measureAll(section, { repeats, quick });
    console.log(
      `\n# ${section.name}, ${quick ? 'one quick look: the figures mean nothing' : `medians of ${repeats}`}`,
    );
    for (const part of section.parts)
      for (const table of part.tables(findings)) console.log(`\n${table}`);
  }
}
