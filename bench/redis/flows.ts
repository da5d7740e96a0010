import { inFlight } from '../contenders/enqueueing.js';
import { type Order, ordersOf } from '../contenders/order.js';
import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import { rateWhenWarm } from '../harness/growing-rounds.js';
import { startRedis } from '../harness/redis-server.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { taken } from '../harness/stopwatch.js';
import { decimal, table, whole } from '../harness/table.js';
import type { Contender, FlowQueue } from '../served/contenders/contender.js';
import { bullmq } from '../served/contenders/contenders.js';
import { tasqueue, tasqueueWithoutReadAhead } from '../served/contenders/tasqueue.js';
import { handlerNamed } from '../served/handlers.js';

const CONTENDERS = [tasqueue, tasqueueWithoutReadAhead, bullmq];
const MEMBERS = 10;
const CONCURRENCY = 10;

interface Kind {
  readonly name: string;
  /** That run for one of them. */
  readonly jobs: number;
  add(queue: FlowQueue, orders: readonly Order[]): Promise<void>;
}

const KINDS: readonly Kind[] = [
  {
    name: `groups of ${MEMBERS}, and one`,
    jobs: MEMBERS + 1,
    add: (queue, orders) => queue.addGroup(orders),
  },
  {
    name: `chains of ${MEMBERS}`,
    jobs: MEMBERS,
    add: (queue, orders) => queue.addChain(orders),
  },
];

interface Mode {
  readonly name: string;
  /** Before the clock runs, and while it does. */
  readonly prepare: (queue: FlowQueue, add: () => Promise<void>) => Promise<void>;
  readonly run: (queue: FlowQueue, add: () => Promise<void>) => Promise<void>;
}

const MODES: readonly Mode[] = [
  { name: 'waiting', prepare: (_, add) => add(), run: (queue) => queue.start() },
  { name: 'end to end', prepare: (queue) => queue.start(), run: (_, add) => add() },
];

async function measure(
  { prepare, run }: Mode,
  kind: Kind,
  contender: Contender<FlowQueue>,
  { quick, serverUrl: url }: MeasureOptions,
): Promise<Figures> {
  const handle = handlerNamed('no-op');
  const queue = await contender.open({ url, concurrency: CONCURRENCY, handle });
  const round = async (count: number) => {
    const flows = Array.from({ length: count }, () => ordersOf(MEMBERS));
    const add = (): Promise<void> => inFlight(flows, (orders) => kind.add(queue, orders));
    await prepare(queue, add);
    const time = await taken(async () => {
      await run(queue, add);
      await queue.ended();
    });
    await queue.stop();
    return time;
  };
  const figures = await rateWhenWarm(quick, round, kind.jobs);
  await queue.close();
  return figures;
}

const nameOf = (mode: Mode, kind: Kind, contender: Contender): string =>
  `${kind.name}, ${mode.name}, ${contender.name}`;

export const flows: Part = {
  name: 'flows',
  measurements: KINDS.flatMap((kind) =>
    MODES.flatMap((mode) =>
      CONTENDERS.map((contender) => ({
        name: nameOf(mode, kind, contender),
        server: startRedis,
        measure: (options) => measure(mode, kind, contender, options),
      })),
    ),
  ),
  tables: (findings) => [flowsTable(findings)],
};

function flowsTable(findings: Findings): string {
  const rows = KINDS.flatMap((kind) =>
    MODES.flatMap((mode) =>
      CONTENDERS.map((contender) => {
        const rate = (of: Contender) => findings.of(nameOf(mode, kind, of), 'perSecond');
        const { median, least, most } = rate(contender);
        const ratio = decimal(median / rate(bullmq).median, 2);
        const rates = [median, least, most].map(whole);
        return [`${kind.name}, ${mode.name}`, contender.name, ...rates, ratio];
      }),
    ),
  );
  return table(
    `Jobs of groups and chains per second, concurrency ${CONCURRENCY}: they wait, and the workers start; or the workers wait, and they are handed in, 100 calls in flight`,
    ['', '', 'jobs/s', 'least', 'most', 'x bullmq'],
    rows,
  );
}
