import { expect, it } from 'vitest';
import { MemoryBroker, MemoryResults, type ResultsSettings } from 'nestjs-tasqueue';
import { StoreTroubles } from '../../lib/core/store-troubles.js';
import { ManualClock } from '../../lib/testing/manual-clock.js';
import { Instance } from '../support/engine/instance.js';

const MINUTE_MS = 60_000;
const LIMITS = { timeoutMs: 1_000, maxStalenessMs: 60_000 };

it('says each kind of trouble once in a while, with how often it came', async () => {
  const clock = new ManualClock();
  const said: [string, unknown][] = [];
  const ignore = (): void => undefined;
  const warn = (message: string, fields?: { times?: unknown }): void =>
    void said.push([message, fields?.times]);
  const troubles = new StoreTroubles(clock, { info: ignore, warn, error: ignore });
  const report = troubles.reporter('results', 'the store');
  const sweeping = { doing: 'forgetting', error: new Error('broken') };
  for (let second = 0; second < 700; second += 1) {
    report(sweeping);
    if (second === 5) report({ doing: 'watching', error: new Error('deaf') });
    await clock.advance(1_000);
  }
  expect(said).toEqual([
    ['the store fails at forgetting, and tries again', 1],
    ['the store fails at watching, and tries again', 1],
    ['the store fails at forgetting, and tries again', 600],
  ]);
});

it('shows in health while it lasts, and is counted', async () => {
  const clock = new ManualClock();
  let report: ResultsSettings['report'];
  class FailingResults extends MemoryResults {
    override connect(settings: ResultsSettings): Promise<void> {
      report = settings.report;
      return super.connect(settings);
    }
  }
  const results = new FailingResults({ clock });
  const world = { clock, processClock: clock, broker: new MemoryBroker({ clock }), results };
  const { tasqueue } = await new Instance(world, {}).connect();
  const counted: string[] = [];
  const stop = tasqueue.troubles.subscribe((role) => void counted.push(role));

  report?.({ doing: 'forgetting', error: new Error('broken') });
  expect(await tasqueue.examine(LIMITS)).toMatchObject({
    status: 'degraded',
    problems: ["the results store 'memory' fails at forgetting"],
  });
  stop();
  report?.({ doing: 'forgetting', error: new Error('broken') });
  expect(counted).toEqual(['results']);

  await clock.advance(3 * MINUTE_MS);
  expect(await tasqueue.examine(LIMITS)).toMatchObject({ status: 'up', problems: [] });
});
