import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import { startNats } from '../harness/nats-server.js';
import { percentiles, SHARES } from '../harness/percentile.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';

const NAME = 'lateness';
const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
/** So many are a day and more away; and so many come due one after the other, from `leadMs` on. */
const FULL = { far: 98_000, near: 2_000, leadMs: 2_000, withinMs: 10_000 };
const QUICK = { far: 200, near: 20, leadMs: 200, withinMs: 300 };

async function measure({ quick, serverUrl }: MeasureOptions): Promise<Figures> {
  const { Timetable } = await import('./timetable.js');
  const { far, near, leadMs, withinMs } = quick ? QUICK : FULL;
  const timetable = await Timetable.open(serverUrl);
  await timetable.add(far, DAY_MS, MONTH_MS);
  await timetable.start();
  await timetable.add(near, leadMs, withinMs);
  const latenesses = await timetable.latenessesOf(near);
  await timetable.close();
  return percentiles(latenesses);
}

export const lateness: Part = {
  name: NAME,
  measurements: [{ name: NAME, server: startNats, measure }],
  tables: (findings) => [latenessTable(findings)],
};

function latenessTable(findings: Findings): string {
  const cells = Object.keys(SHARES).flatMap((share) => {
    const { median, least, most } = findings.of(NAME, share);
    return [median, least, most].map((value) => decimal(value, 2));
  });
  const { far, near, withinMs } = FULL;
  return table(
    `Milliseconds from when a delayed job is due to its handler: ${whole(near)} within ${withinMs / 1_000} s, of ${whole(far + near)} scheduled`,
    ['', ...Object.keys(SHARES).flatMap((share) => [share, 'least', 'most'])],
    [['delayed jobs', ...cells]],
  );
}
