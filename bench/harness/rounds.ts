import { Findings } from './findings.js';
import { runChild } from './run-child.js';
import type { Measurement, Section } from './section.js';

interface RoundOptions {
  readonly repeats: number;
  readonly quick: boolean;
}

/**
 * Measures everything once, then everything again: what disturbs the machine for a while then
 * disturbs all that is compared, and not one of them.
 */
export async function measureAll(
  { name: section, parts }: Section,
  { repeats, quick }: RoundOptions,
): Promise<Findings> {
  const findings = new Findings();
  for (let round = 1; round <= repeats; round += 1)
    for (const measurement of parts.flatMap(({ measurements }) => measurements)) {
      tell(`round ${round} of ${repeats}: ${measurement.name}`);
      findings.add(measurement.name, await measured(section, measurement, quick));
    }
  tell('');
  return findings;
}

/** The server is started here and not by the child, which may end without a word. */
async function measured(section: string, { name, server: start }: Measurement, quick: boolean) {
  const server = await start?.();
  try {
    return await runChild(section, name, { quick, serverUrl: server?.url ?? '' });
  } finally {
    await server?.stop();
  }
}

/** One line that changes, for whoever sits before it. */
function tell(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u{1B}[K${line}`);
}
