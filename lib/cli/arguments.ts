import { parseArgs } from 'node:util';
import { didYouMean } from '../core/did-you-mean.js';
import type { Command, CommandOption, Given } from './command.js';
import { usage } from './failure.js';
import { COMMON_OPTIONS } from './help.js';

export interface Arguments {
  readonly url: URL;
  readonly command: Command;
  readonly given: Given;
  readonly json: boolean;
  readonly headers: readonly string[];
}

/** The command among the words: the second, or, when help is asked for, the first. */
export function commandIn(
  words: readonly string[],
  commands: readonly Command[],
): Command | undefined {
  return words.slice(0, 2).flatMap((word) => commands.filter(({ name }) => name === word))[0];
}

/** Throws Failure, which says what is wrong. */
export function readArguments(args: readonly string[], commands: readonly Command[]): Arguments {
  const [address, name, ...rest] = args;
  const url = addressOf(address);
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw unknownCommand(name, commands);
  const options: Readonly<Record<string, CommandOption>> = {
    ...command.options,
    ...COMMON_OPTIONS,
  };
  const { positionals, values } = parsed(command, options, rest);
  const [least, most] = command.takes;
  if (positionals.length < least || positionals.length > most)
    throw usage(`expected: ${`${command.name} ${command.words}`.trim()}`);
  const given: Given = {
    words: positionals,
    text: (option) => textOf(values[option]),
    flag: (option) => values[option] === true,
  };
  const { header } = values;
  const headers = Array.isArray(header) ? header.map(String) : [];
  return { url, command, given, json: values['json'] === true, headers };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parsed(
  command: Command,
  options: Readonly<Record<string, CommandOption>>,
  args: readonly string[],
) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [
      name,
      { type, multiple: name === 'header' },
    ]),
  );
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: config,
      allowPositionals: true,
    });
    return { positionals, values: values as Readonly<Record<string, unknown>> };
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. To ');
    throw usage(`${command.name}: ${message}. ${command.name} --help lists its options`);
  }
}

function addressOf(said: string | undefined): URL {
  const url = said !== undefined && URL.canParse(said) ? new URL(said) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw usage(
    `expected the address of a dashboard first, such as http://localhost:3000/tasqueue, got ${said === undefined ? 'nothing' : `'${said}'`}`,
  );
}

function unknownCommand(name: string | undefined, commands: readonly Command[]): Error {
  if (name === undefined) return usage('expected a command; --help lists them');
  const guess = didYouMean(
    name,
    commands.map((command) => command.name),
  );
  const hint = guess === undefined ? '--help lists them' : `did you mean '${guess}'?`;
  return usage(`there is no command '${name}': ${hint}`);
}
