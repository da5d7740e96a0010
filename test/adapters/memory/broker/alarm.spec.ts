import { describe, expect, it } from 'vitest';
import { Alarm } from '../../../../lib/adapters/memory/broker/alarm.js';
import { ManualClock } from '../../../../lib/testing/manual-clock.js';

function setUp() {
  const clock = new ManualClock(0);
  const rung: number[] = [];
  return { clock, rung, alarm: new Alarm(clock, () => void rung.push(clock.now())) };
}

describe('Alarm', () => {
  it('rings once, at the earliest of the instants it was set for', async () => {
    const { clock, rung, alarm } = setUp();
    for (const at of [300, 100, 200, Infinity]) alarm.set(at);
    expect(clock.armed).toBe(1);
    await clock.advance(1_000);
    expect(rung).toEqual([100]);
    expect(clock.armed).toBe(0);
  });

  it('can be set again after it rang, also from within', async () => {
    const { clock, rung, alarm } = setUp();
    const again = new Alarm(clock, () => {
      rung.push(clock.now());
      if (rung.length < 3) again.set(clock.now() + 50);
    });
    again.set(50);
    await clock.advance(1_000);
    expect(rung).toEqual([50, 100, 150]);
    alarm.set(1_200);
    await clock.advance(1_000);
    expect(rung.at(-1)).toBe(1_200);
  });

  it('does not ring once it is stopped, and leaves no timer behind', async () => {
    const { clock, rung, alarm } = setUp();
    alarm.set(100);
    alarm.stop();
    alarm.stop();
    expect(clock.armed).toBe(0);
    await clock.advance(200);
    expect(rung).toEqual([]);
    alarm.set(300);
    await clock.advance(200);
    expect(rung).toEqual([300]);
  });
});
