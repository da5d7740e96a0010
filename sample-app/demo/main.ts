import { type DemoArguments, parseArguments, USAGE } from './arguments.js';
import { playDemo } from './demo.js';
import { InterruptedError, interruption } from './interruption.js';
import { conclusion, summary } from './summary.js';
import { choosePaint, openScreen } from './terminal.js';
import { type Line, toText } from './text.js';
import { problemsOf } from './verdict.js';

/** Far more than it needs: a demo that takes longer hangs. */
const DEADLINE_MS = 30_000;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const { stdout, stderr, env } = process;

async function main(args: string[]): Promise<number> {
  let parsed: DemoArguments;
  try {
    parsed = parseArguments(args);
  } catch (error) {
    stderr.write(`${messageOf(error)}\n\n${USAGE}\n`);
    return EXIT_USAGE;
  }
  if (!parsed.help) return demo(parsed);
  stdout.write(`${USAGE}\n`);
  return 0;
}

async function demo({ broker }: DemoArguments): Promise<number> {
  const signal = AbortSignal.any([interruption(), AbortSignal.timeout(DEADLINE_MS)]);
  const onOpen = (url: string) =>
    print([
      [{ text: 'Tasqueue sample shop', style: 'bold' }],
      [{ text: `${url}, broker: ${broker}` }],
      [],
    ]);
  try {
    const outcome = await playDemo({
      broker,
      variables: env,
      screen: openScreen(stdout, env),
      onOpen,
      signal,
    });
    const problems = problemsOf(outcome);
    print([[], ...summary(outcome), [], ...conclusion(problems)]);
    return problems.length === 0 ? 0 : EXIT_FAILED;
  } catch (error) {
    return tellEnd(signal.aborted ? signal.reason : error);
  }
}

/** Why the demo did not come to its end, and the exit code for it. */
function tellEnd(reason: unknown): number {
  if (reason instanceof InterruptedError) {
    stdout.write('\nInterrupted: running jobs were finished, the shop is closed.\n');
    return reason.exitCode;
  }
  const why =
    reason instanceof DOMException && reason.name === 'TimeoutError'
      ? `it was not done after ${DEADLINE_MS / 1_000} s; the last picture shows what was open`
      : messageOf(reason);
  stderr.write(`\nThe demo failed: ${why}\n`);
  return EXIT_FAILED;
}

function print(lines: readonly Line[]): void {
  const paint = choosePaint(stdout, env);
  for (const line of lines) stdout.write(`${toText(line, Infinity, paint)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.exitCode = await main(process.argv.slice(2));
