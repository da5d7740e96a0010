import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import { startRedis } from '../harness/redis-server.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';

const NAME = 'depth';
const FULL = { depths: [1_000, 1_000_000], jobs: 50_000 };
const QUICK = { depths: [200, 2_000], jobs: 100 };

/** Microseconds per job, then milliseconds per page. */
const MICROS = ['enqueue', 'claim'];
const MILLIS = ['pending', 'scheduled', 'successful'].flatMap((list) => [list, `${list}, deep`]);

const figureOf = (name: string, index: number): string => `${name} at depth ${index}`;

async function measure({ quick, serverUrl }: MeasureOptions): Promise<Figures> {
  const { Depths } = await import('./depths.js');
  const { depths, jobs } = quick ? QUICK : FULL;
  const app = await Depths.open(serverUrl);
  await app.work(jobs);
  const figures: Record<string, number> = {};
  for (const [index, count] of depths.entries()) {
    await app.fill(count);
    const found = { ...(await app.work(jobs)), ...(await app.pages(count)) };
    for (const [name, value] of Object.entries(found)) figures[figureOf(name, index)] = value;
  }
  await app.close();
  return figures;
}

export const depth: Part = {
  name: NAME,
  measurements: [{ name: NAME, server: startRedis, measure }],
  tables: (findings) => [
    depthTable(findings, MICROS, 'Microseconds per job: enqueue, 1,000 a call; claim and settle'),
    depthTable(findings, MILLIS, 'Milliseconds per page of 100 jobs: the first, and halfway down'),
  ],
};

function depthTable(findings: Findings, names: readonly string[], title: string): string {
  const rows = FULL.depths.map((count, index) => {
    const values = names.map((name) => findings.of(NAME, figureOf(name, index)).median);
    return [whole(count), ...values.map((value) => decimal(value, 2))];
  });
  return table(
    `${title}, with so many jobs waiting, as many scheduled and as many finished`,
    ['depth', ...names],
    rows,
  );
}
