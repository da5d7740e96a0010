import { describe, expect, it } from 'vitest';
import { BROKERS } from '../../chaos/soak/protocol.js';
import { seriesOf } from '../../chaos/soak/sample.js';
import { soak } from '../../chaos/soak/soak.js';
import { judge, type Series } from '../../chaos/soak/verdict.js';

const RUN_MS = 45_000;

describe('a short soak', () => {
  it.concurrent.each(BROKERS)(
    'leaves heap, handles and connections flat while workers come and go: %s',
    async (broker) => {
      const soaked = await soak({ broker, minutes: 0.2, rate: 100, out: '' });
      expect(soaked).toMatchObject({ left: 0, output: '' });
      expect(soaked.restarts).toBeGreaterThan(0);
      expect(soaked.enqueued).toBeGreaterThan(500);
      const verdicts = seriesOf(soaked.samples).map(judge);
      expect(verdicts.filter(({ flat }) => !flat)).toEqual([]);
      expect(verdicts.map(({ name }) => name).join()).toMatch(/handles.*timers/);
    },
    RUN_MS,
  );
});

describe('the rule', () => {
  const series = (value: (minute: number) => number): Series => ({
    name: 'heap',
    unit: 'MB',
    points: Array.from({ length: 60 }, (_, minute) => ({ minute, value: value(minute) })),
    allowed: { share: 0.05, least: 2 },
  });
  const saw = (minute: number): number => (minute % 5) / 5;

  it('takes no offence at what settles in the first half, or goes up and down', () => {
    expect(judge(series((minute) => 50 - 40 / (minute + 1)))).toMatchObject({ flat: true });
    expect(judge(series((minute) => 50 + saw(minute)))).toMatchObject({ flat: true });
    expect(judge(series((minute) => 50 - minute / 10))).toMatchObject({ flat: true });
  });

  it('tells a slow leak from the noise around it', () => {
    const leak = judge(series((minute) => 50 + saw(minute) + minute / 8));
    expect(leak).toMatchObject({ flat: false });
    expect(leak.growth).toBeCloseTo(29 / 8, 0);
    expect(leak.bound).toBeCloseTo(leak.mean * 0.05);
  });
});
