import { arch, cpus, platform } from 'node:os';
import type { Command } from './command.js';
import { figure } from './plot.js';
import type { Soaked } from './soak.js';
import type { Verdict } from './verdict.js';

/** The page of one soak, with the plot beside it. */
export function report(
  { broker, minutes, rate }: Command,
  { samples, restarts, enqueued, left }: Soaked,
  verdicts: readonly Verdict[],
): string {
  const rows = verdicts.map(({ name, unit, mean, growth, bound, flat }) => {
    const cells = [mean, growth, bound].map((value) => `${figure(value)} ${unit}`.trim());
    return `| ${[name, ...cells, flat ? 'flat' : '**grows**'].join(' | ')} |`;
  });
  return [
    `# Soak on ${broker}`,
    '',
    `${figure(minutes)} minutes at ${rate} jobs/s on ${cpus().length} cores (${platform()}, ${arch()}, Node ${process.version}):`,
    `${enqueued.toLocaleString('en-US')} jobs enqueued, ${left} of them open in the end, ${restarts} restarts of a worker, ${samples.length} samples.`,
    `Command: \`npm run soak -- --broker ${broker} --minutes ${minutes} --rate ${rate}\`.`,
    '',
    '| | mean of the second half | growth within it | at most | |',
    '| --- | --: | --: | --: | --- |',
    ...rows,
    '',
    `![what was measured, over time](${broker}.svg)`,
    '',
  ].join('\n');
}
