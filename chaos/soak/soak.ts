import { copyPackage } from '../../test/support/package/package-copy.js';
import type { Command } from './command.js';
import { alone, type Crew, processes } from './crew.js';
import type { BrokerName, Footprint } from './protocol.js';
import type { Sample } from './sample.js';
import { type SoakServer, startNats, startRedis } from './server.js';

const MOST_SAMPLES = 240;
const SHORTEST_SAMPLE_MS = 1_000;
const MOST_RESTARTS = 60;
const SHORTEST_RESTART_MS = 4_000;
const DRAIN_MS = 60_000;
const LOOK_MS = 500;
const MS_PER_MINUTE = 60_000;

export interface Soaked {
  readonly samples: readonly Sample[];
  readonly restarts: number;
  readonly enqueued: number;
  /** Jobs that had not ended a minute after the last was enqueued. */
  readonly left: number;
  /** What the processes have printed. */
  readonly output: string;
}

/** A steady load, and workers that come and go, for as long as was asked. */
export async function soak({ broker, minutes, rate }: Command): Promise<Soaked> {
  const copy = await copyPackage('lib', 'chaos/soak', 'test/support/processes');
  const server = await serverOf(broker);
  let crew: Crew | undefined;
  try {
    crew = await (server ? processes(copy.folder, server.stores, rate) : alone(copy.folder, rate));
    return await watch(crew, server, minutes * MS_PER_MINUTE);
  } finally {
    await crew?.end();
    await server?.stop();
    await copy.remove();
  }
}

async function watch(crew: Crew, server: SoakServer | undefined, forMs: number): Promise<Soaked> {
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  const samples: Sample[] = [];
  const every = {
    sampleMs: Math.max(SHORTEST_SAMPLE_MS, forMs / MOST_SAMPLES),
    restartMs: Math.max(SHORTEST_RESTART_MS, forMs / MOST_RESTARTS),
  };
  let restarts = 0;
  while (elapsedMs() < forMs) {
    const minute = elapsedMs() / MS_PER_MINUTE;
    samples.push({ minute, veterans: await crew.veterans(), server: await server?.facts() });
    if (elapsedMs() > (restarts + 1) * every.restartMs) {
      restarts += 1;
      await crew.restart();
    }
    await pause(samples.length * every.sampleMs - elapsedMs());
  }
  await crew.quiet();
  const left = await drained(crew);
  const enqueued = sum(Object.values(await crew.veterans()), ({ enqueued: count }) => count);
  return { samples, restarts, enqueued, left, output: crew.output };
}

/** How many jobs never end. */
async function drained(crew: Crew): Promise<number> {
  const until = performance.now() + DRAIN_MS;
  for (;;) {
    const open = Math.max(...Object.values(await crew.veterans()).map((one) => one.open));
    if (open === 0 || performance.now() > until) return open;
    await pause(LOOK_MS);
  }
}

function serverOf(broker: BrokerName): Promise<SoakServer | undefined> {
  if (broker === 'redis') return startRedis();
  return broker === 'nats' ? startNats() : Promise.resolve(undefined);
}

function sum(footprints: readonly Footprint[], of: (one: Footprint) => number): number {
  return footprints.reduce((all, one) => all + of(one), 0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, Math.max(0, ms)));
}
