import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import { type NatsServer, startNats } from '../harness/nats-server.js';
import { percentiles, SHARES } from '../harness/percentile.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import type { DeepQueue } from './deep-queues.js';

const FULL = { waiting: 1_000_000, warmUps: 200, claims: 2_000 };
const QUICK = { waiting: 1_000, warmUps: 2, claims: 20 };
const CLAIMED = 10;
const MEGABYTE = 1_000_000;

interface Kind {
  readonly name: string;
  open(url: string): Promise<DeepQueue>;
}

const tasqueue: Kind = {
  name: 'Tasqueue',
  open: async (url) => (await import('./deep-queues.js')).DeepTasqueue.open(url),
};
const bare: Kind = {
  name: 'bare client',
  open: async (url) => (await import('./deep-queues.js')).DeepBare.open(url),
};
const KINDS = [tasqueue, bare];

/** It starts its server itself, so as to ask it for its memory. */
async function measure(kind: Kind, { quick }: MeasureOptions): Promise<Figures> {
  const { waiting, warmUps, claims } = quick ? QUICK : FULL;
  const server = await startNats();
  const queue = await kind.open(server.url);
  await queue.fill(waiting);
  const megabytes = await megabytesOf(server);
  for (let claim = 0; claim < warmUps; claim += 1) await queue.claim(CLAIMED);
  const times: number[] = [];
  for (let claim = 0; claim < claims; claim += 1) {
    const before = performance.now();
    await queue.claim(CLAIMED);
    times.push(performance.now() - before);
  }
  const megabytesLater = await megabytesOf(server);
  await queue.close();
  await server.stop();
  return { ...percentiles(times), megabytes, megabytesLater };
}

async function megabytesOf(server: NatsServer): Promise<number> {
  return (await server.memoryBytes()) / MEGABYTE;
}

const nameOf = ({ name }: Kind): string => `depth, ${name}`;

export const depth: Part = {
  name: 'depth',
  measurements: KINDS.map((kind) => ({
    name: nameOf(kind),
    measure: (options) => measure(kind, options),
  })),
  tables: (findings) => [depthTable(findings)],
};

function depthTable(findings: Findings): string {
  const rows = KINDS.map((kind) => [
    kind.name,
    ...Object.keys(SHARES).flatMap((share) => {
      const { median, least, most } = findings.of(nameOf(kind), share);
      const ratio = median / findings.of(nameOf(bare), share).median;
      return [median, least, most, ratio].map((value) => decimal(value, 2));
    }),
    ...['megabytes', 'megabytesLater'].map((figure) =>
      whole(findings.of(nameOf(kind), figure).median),
    ),
  ]);
  const columns = Object.keys(SHARES).flatMap((share) => [share, 'least', 'most', 'x bare']);
  return table(
    `With ${whole(FULL.waiting)} jobs waiting: milliseconds to claim ${CLAIMED} and settle the ${CLAIMED} before; memory of the server when they have come, and after these claims`,
    ['', ...columns, 'MB', 'MB later'],
    rows,
  );
}
