import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MachineFleet } from '../fleet/machine-fleet.js';
import { ProcessFleet } from '../fleet/process-fleet.js';
import { MemoryGround } from '../ground/memory-ground.js';
import { NatsGround } from '../ground/nats-ground.js';
import { RedisGround } from '../ground/redis-ground.js';
import { WORKER_FAULTS } from '../misfortunes/plan.js';
import { play } from '../seed/play.js';
import type { Stage } from '../seed/stage.js';
import type { BrokerName, LaneAnswer, LaneOrders, SeedOrder } from './protocol.js';

/** A lane: a server and workers of its own, on which it plays one seed after the other, as it is told. */
// oxlint-disable-next-line no-unsafe-type-assertion -- written by whoever started it, in the same words
const orders = JSON.parse(process.argv[2] ?? '') as LaneOrders;
const folder = mkdtempSync(join(tmpdir(), 'tasqueue-chaos-'));
const answer = (message: LaneAnswer): void => void process.send?.(message);

const journals = join(folder, 'journals');

const open = {
  async redis() {
    const ground = await RedisGround.open();
    return { ground, fleet: new ProcessFleet(journals, (name) => ground.address(name)) };
  },
  async nats() {
    const ground = await NatsGround.open();
    return { ground, fleet: new ProcessFleet(journals, (name) => ground.address(name)) };
  },
  async memory() {
    const ground = new MemoryGround();
    return { ground, fleet: new MachineFleet(ground) };
  },
} satisfies Record<BrokerName, () => Promise<Pick<Stage, 'ground' | 'fleet'>>>;

async function set(): Promise<Stage> {
  const { ground, fleet } = await open[orders.broker]();
  const known = [...WORKER_FAULTS, ...Object.keys(ground.ordeals)];
  const { faults = known, scenario } = orders;
  return { ground, fleet, faults, scenario };
}

const stage = await set();

process.on('message', (message) => {
  // oxlint-disable-next-line no-unsafe-type-assertion -- written by whoever started it, in the same words
  const { seed } = message as SeedOrder;
  play(seed, stage).then(
    (report) => answer({ kind: 'report', report }),
    (error: unknown) =>
      answer({ kind: 'failed', why: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
});
process.once('disconnect', () => {
  void Promise.allSettled([stage.fleet.close(), stage.ground.close()]).then(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
});
answer({ kind: 'open' });
