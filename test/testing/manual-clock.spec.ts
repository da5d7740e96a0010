import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/manual-clock.js';

describe('ManualClock', () => {
  it('stands still until it is moved', async () => {
    const clock = new ManualClock(1_000);
    expect([clock.now(), clock.elapsed()]).toEqual([1_000, 0]);
    await clock.advance(250);
    expect([clock.now(), clock.elapsed()]).toEqual([1_250, 250]);
  });

  it('starts at a given date, or at a fixed one', () => {
    expect(new ManualClock(new Date('2030-01-01')).now()).toBe(Date.UTC(2030));
    expect(new ManualClock().now()).toBe(new ManualClock().now());
  });

  it('fires timers in due order, each at its own instant, and those due together as armed', async () => {
    const clock = new ManualClock(0);
    const fired: string[] = [];
    const arm = (name: string, delayMs: number) =>
      clock.timer(delayMs, () => void fired.push(`${name}@${clock.now()}`));
    arm('late', 30);
    arm('first', 10);
    arm('second', 10);
    arm('middle', 20);
    await clock.advance(25);
    expect(fired).toEqual(['first@10', 'second@10', 'middle@20']);
    expect(clock.now()).toBe(25);
    await clock.advance(5);
    expect(fired.at(-1)).toBe('late@30');
  });

  it('fires a timer without delay at the next move, even one of no time', async () => {
    const clock = new ManualClock();
    const fired: number[] = [];
    clock.timer(0, () => void fired.push(0));
    clock.timer(-5, () => void fired.push(-5));
    expect(fired).toEqual([]);
    await clock.advance(0);
    expect(fired).toEqual([0, -5]);
  });

  it('never fires a timer twice, nor one that was cancelled', async () => {
    const clock = new ManualClock();
    let fired = 0;
    clock.timer(10, () => void (fired += 1));
    const cancel = clock.timer(10, () => void (fired += 100));
    cancel();
    cancel();
    await clock.advance(50);
    expect(fired).toBe(1);
  });

  it('lets code that a timer woke arm the next one within the same move', async () => {
    const clock = new ManualClock(0);
    const woken: number[] = [];
    const sleep = (ms: number) => new Promise<void>((resolve) => void clock.timer(ms, resolve));
    const chained = async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        await sleep(100);
        for (let hop = 0; hop < 7; hop += 1)
          await new Promise((resolve) => void setImmediate(resolve));
        woken.push(clock.now());
      }
    };
    const done = chained();
    await clock.advance(500);
    expect(woken).toEqual([100, 200, 300, 400, 500]);
    await done;
  });

  it('fires timers armed by what ran just before the move', async () => {
    const clock = new ManualClock(0);
    let firedAt: number | undefined;
    setImmediate(() => void clock.timer(10, () => void (firedAt = clock.now())));
    await clock.advance(100);
    expect(firedAt).toBe(10);
  });

  it('moves to an instant', async () => {
    const clock = new ManualClock(0);
    let firedAt: number | undefined;
    clock.timer(40, () => void (firedAt = clock.now()));
    await clock.advanceTo(new Date(100));
    expect([clock.now(), firedAt]).toEqual([100, 40]);
    await clock.advanceTo(100);
    expect(clock.now()).toBe(100);
  });

  it('runs moves that overlap one after the other', async () => {
    const clock = new ManualClock(0);
    const fired: number[] = [];
    clock.timer(15, () => void fired.push(clock.now()));
    await Promise.all([clock.advance(10), clock.advance(10)]);
    expect([clock.now(), fired]).toEqual([20, [15]]);
  });

  it('refuses to go back and what is no instant', async () => {
    const clock = new ManualClock(1_000);
    await expect(clock.advance(-1)).rejects.toThrow(RangeError);
    await expect(clock.advance(Number.NaN)).rejects.toThrow(RangeError);
    await expect(clock.advanceTo(999)).rejects.toThrow(RangeError);
    await expect(clock.advanceTo(new Date('never'))).rejects.toThrow(RangeError);
    expect(() => new ManualClock(new Date('never'))).toThrow(RangeError);
    await clock.advance(1);
    expect(clock.now()).toBe(1_001);
  });

  it('rejects the move in which a timer threw, and goes on with the rest later', async () => {
    const clock = new ManualClock(0);
    const fired: number[] = [];
    clock.timer(10, () => {
      throw new Error('boom');
    });
    clock.timer(20, () => void fired.push(clock.now()));
    await expect(clock.advance(100)).rejects.toThrow('boom');
    await clock.advance(100);
    expect(fired).toEqual([20]);
  });

  it('counts the timers that are armed', async () => {
    const clock = new ManualClock();
    const cancel = clock.timer(10, () => undefined);
    clock.timer(20, () => undefined);
    expect(clock.armed).toBe(2);
    cancel();
    await clock.advance(20);
    expect(clock.armed).toBe(0);
  });

  it('is not held up for ever by immediates that never end', async () => {
    const clock = new ManualClock();
    let going = true;
    const spin = () => void (going && setImmediate(spin));
    spin();
    await clock.advance(10);
    going = false;
    expect(clock.elapsed()).toBe(10);
  });
});
