import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../chaos/build.js';
import type { BrokerName } from '../../chaos/lane/protocol.js';
import { waysOf } from '../../chaos/rules/ways.js';
import { runSeeds } from '../../chaos/run-seeds.js';
import type { SeedReport } from '../../chaos/seed/seed-report.js';
import type { PackageCopy } from '../support/package/package-copy.js';

const BUILD_MS = 60_000;
const RUN_MS = 240_000;

async function play(
  { folder }: PackageCopy,
  broker: BrokerName,
  seeds: readonly number[],
): Promise<string[]> {
  const orders = { broker, faults: undefined, scenario: 'mixed' } as const;
  const told: string[] = [];
  const tell = ({ seed, violations }: SeedReport): boolean => {
    for (const { id, what, history } of violations)
      told.push(`seed ${seed}: '${id}': ${what}\n${history.join('\n')}`);
    return violations.length > 0;
  };
  await runSeeds({ folder, orders, seeds, lanes: 2, tell });
  return told;
}

describe('a slice of the chaos runs', () => {
  let copy: PackageCopy;

  beforeAll(async () => {
    copy = await build([]);
  }, BUILD_MS);

  afterAll(() => copy.remove());

  it.each([
    ['memory', [1, 2, 3, 4]],
    ['redis', [1, 2, 3, 4]],
    ['nats', [1, 2]],
  ] as const)(
    'keeps every promise on %s, whatever happens',
    async (broker, seeds) => {
      expect(await play(copy, broker, seeds)).toEqual([]);
    },
    RUN_MS,
  );
});

it(
  'the chaos runs notice a delivery rule that is switched off',
  async () => {
    const [way] = waysOf('redis', 8);
    const copy = await build(way === undefined ? [] : [way]);
    try {
      expect(await play(copy, 'redis', [1, 2, 3, 4])).not.toEqual([]);
    } finally {
      await copy.remove();
    }
  },
  RUN_MS,
);
