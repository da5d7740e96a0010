import { commandIn, readArguments } from './arguments.js';
import { COMMANDS } from './commands/commands.js';
import { DashboardClient } from './dashboard-client.js';
import { EXIT, type ExitCode, Failure } from './failure.js';
import { headersOf } from './headers.js';
import { commandHelp, programHelp } from './help.js';
import type { Terminal } from './terminal.js';

export interface Surroundings {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of this package. */
  readonly version: string;
}

/** Runs one command to its end, and gives the exit code. Never rejects for what the user can mend. */
export async function runCli(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const { terminal, version } = around;
  if (args.includes('--version')) terminal.write(`${version}\n`);
  else if (args.length === 0 || args.includes('--help')) {
    const command = commandIn(args, COMMANDS);
    terminal.write(command ? commandHelp(command) : programHelp(COMMANDS));
  } else return attempted(args, around);
  return EXIT.ok;
}

async function attempted(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  try {
    await act(args, around);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    around.terminal.complain(`${error.message}\n`);
    return error.exitCode;
  }
}

async function act(
  args: readonly string[],
  { terminal, environment }: Surroundings,
): Promise<void> {
  const { url, command, given, json, headers } = readArguments(args, COMMANDS);
  const lines = [...(environment['TASQUEUE_HEADER'] ?? '').split('\n'), ...headers];
  await command.run({
    client: new DashboardClient(url, headersOf(lines)),
    terminal,
    given,
    show: (reply, textLines) => {
      const text = json ? [JSON.stringify(reply, undefined, 2)] : textLines();
      terminal.write(`${text.join('\n')}\n`);
    },
  });
}
