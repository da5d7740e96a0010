import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figures } from './figures.js';
import type { MeasureOptions } from './section.js';

const CHILD = fileURLToPath(new URL('../child.js', import.meta.url));
/** Many times what the longest takes. */
const LONGEST_MS = 900_000;

/** One measurement in a process of its own. */
export async function runChild(
  section: string,
  measurement: string,
  { quick, serverUrl }: MeasureOptions,
): Promise<Figures> {
  const child = fork(CHILD, [section, measurement, quick ? 'quick' : 'full', serverUrl], {
    execArgv: [...process.execArgv, '--expose-gc'],
    timeout: LONGEST_MS,
  });
  let figures: Figures | undefined;
  child.once('message', (message) => {
    figures = asFigures(message);
  });
  const exitCode = await new Promise((resolve) => void child.once('close', resolve));
  if (figures === undefined || exitCode !== 0)
    throw new Error(`${section}, ${measurement}: it ended without figures (${String(exitCode)})`);
  return figures;
}

function asFigures(message: unknown): Figures {
  if (typeof message !== 'object' || message === null) throw new Error('these are no figures');
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, Number(value)]));
}
