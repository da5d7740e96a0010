import { Findings } from './findings.js';
import { runChild } from './run-child.js';
import type { MeasureOptions, Section } from './section.js';

interface RoundOptions extends MeasureOptions {
  readonly repeats: number;
}

/**
 * Measures everything once, then everything again: what disturbs the machine for a while then
 * disturbs all that is compared, and not one of them.
 */
export async function measureAll(
  section: Section,
  { repeats, quick }: RoundOptions,
): Promise<Findings> {
  const findings = new Findings();
  for (let round = 1; round <= repeats; round += 1)
    for (const { name } of section.measurements) {
      tell(`round ${round} of ${repeats}: ${name}`);
      findings.add(name, await runChild(section.name, name, { quick }));
    }
  tell('');
  return findings;
}

/** One line that changes, for whoever sits before it. */
function tell(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u{1B}[K${line}`);
}
