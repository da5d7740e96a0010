import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';

const PACKAGES = [
  'nestjs-tasqueue',
  '@nestjs/core',
  'ioredis',
  'nats',
  'bullmq',
  'bee-queue',
  'p-queue',
  'fastq',
];
/** Processes that wanted a core before we did; more than this, and the figures are theirs as well. */
const QUIET_LOAD = 0.5;

/** Where the figures come from: without this they mean nothing. */
export function describeMachine(): string {
  const cores = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0] ?? 0;
  const lines = [
    `${cores[0]?.model.trim() ?? 'unknown CPU'}, ${cores.length} cores, ${gigabytes} GB`,
    `Node ${process.versions.node}, V8 ${process.versions.v8}, ${platform()} ${arch()}`,
    PACKAGES.map((name) => `${name} ${versionOf(name)}`).join(', '),
  ];
  if (load > QUIET_LOAD)
    lines.push(`The machine is busy (load ${load.toFixed(1)}): take the figures with salt.`);
  return lines.join('\n');
}

/** Packages that do not export their package.json are looked for on the way to their entry. */
function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(name) ?? []) {
    const version = versionIn(`${folder}/${name}/package.json`);
    if (version !== undefined) return version;
  }
  return versionIn(require.resolve(`${name}/package.json`)) ?? 'unknown';
}

function versionIn(file: string): string | undefined {
  try {
    const description: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isObject = typeof description === 'object' && description !== null;
    return isObject && 'version' in description ? String(description.version) : undefined;
  } catch {
    return undefined;
  }
}
