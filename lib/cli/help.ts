import type { Command, CommandOption } from './command.js';

const PROGRAM = 'npx nestjs-tasqueue <url>';

export const COMMON_OPTIONS = {
  json: { type: 'boolean', about: 'the reply as JSON, for other programs' },
  header: {
    type: 'string',
    value: "'<name>: <value>'",
    about: 'sent with each call, may be repeated; also TASQUEUE_HEADER, one a line',
  },
  help: { type: 'boolean', about: 'this' },
  version: { type: 'boolean', about: 'of this program' },
} satisfies Record<string, CommandOption>;

/** The help of the program. */
export function programHelp(commands: readonly Command[]): string {
  const rows = commands.map(
    ({ name, words, about }) => [`${name} ${words}`.trim(), about] as const,
  );
  return [
    `Usage: ${PROGRAM} <command> [options]`,
    '',
    'Looks into the jobs of a Tasqueue and steers them, through the dashboard mounted at <url>,',
    'such as http://localhost:3000/tasqueue.',
    '',
    'Commands:',
    ...columns(rows),
    '',
    'Options of each:',
    ...columns(optionRows(COMMON_OPTIONS)),
    '',
    'Exit codes: 0 done, 1 refused, 2 the command is wrong or --yes is missing, 3 no dashboard answers.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp({ name, words, about, options = {}, example }: Command): string {
  return [
    `Usage: ${PROGRAM} ${`${name} ${words}`.trim()} [options]`,
    '',
    about,
    '',
    'Options:',
    ...columns(optionRows({ ...options, ...COMMON_OPTIONS })),
    ...(example === undefined ? [] : ['', `Example: ${PROGRAM} ${example}`]),
    '',
  ].join('\n');
}

function optionRows(
  options: Readonly<Record<string, CommandOption>>,
): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { value = '', about }]) => [
    `--${name} ${value}`.trim(),
    about,
  ]);
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
