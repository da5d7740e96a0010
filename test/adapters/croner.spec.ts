import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronerReader } from '../../lib/adapters/croner/croner-reader.js';
import type { CronSpec } from '../../lib/core/cron.js';

const berlin = (cron: string): CronSpec => ({ cron, timezone: 'Europe/Berlin' });
const iso = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString();

/** The first slots after an instant. */
function slots(spec: CronSpec, after: string, count: number): (string | undefined)[] {
  let at: number | undefined = Date.parse(after);
  return Array.from({ length: count }, () => {
    at = at === undefined ? undefined : cronerReader.next(spec, at);
    return iso(at);
  });
}

const latest = (spec: CronSpec, at: string) => iso(cronerReader.latest(spec, Date.parse(at)));

describe('cronerReader', () => {
  it.each([
    '* * * * *',
    '*/5 * * * * *',
    ' 0  9-17/2 * JAN-MAR mon,fri ',
    '0 0 L * *',
    '0 0 * * FRI#2',
    '0 0 29 2 *',
  ])('reads %j', (cron) => {
    expect(cronerReader.problem({ cron })).toBeUndefined();
  });

  it.each([
    ['', "expected a cron expression of five or six fields, got ''"],
    ['* * * *', "expected a cron expression of five or six fields, got '* * * *'"],
    ['* * * * * * *', "expected a cron expression of five or six fields, got '* * * * * * *'"],
    ['@daily', "expected a cron expression of five or six fields, got '@daily'"],
    ['2099-01-01T00:00:00', 'expected a cron expression of five or six fields'],
    ['Mon Nov 23 18:26:21 2099', 'expected a cron expression of five or six fields'],
    ['61 * * * *', "expected a cron expression, got '61 * * * *' (Invalid value for minute: 61)"],
    ['a b c d e', "expected a cron expression, got 'a b c d e'"],
    ['0 0 30 2 *', "expected a cron expression that fires, got '0 0 30 2 *', which never does"],
    ['0 0 31 4,6,9,11 *', 'which never does'],
  ])('says what is wrong with %j', (cron, problem) => {
    expect(cronerReader.problem({ cron })).toContain(problem);
  });

  it('says when a time zone is unknown', () => {
    expect(cronerReader.problem({ cron: '* * * * *', timezone: 'Mars/Base' })).toBe(
      "expected an IANA time zone such as 'Europe/Berlin', got 'Mars/Base'",
    );
  });

  it('reads in UTC unless told otherwise', () => {
    expect(slots({ cron: '0 12 * * *' }, '2026-07-01T00:00:00Z', 1)).toEqual([
      '2026-07-01T12:00:00.000Z',
    ]);
    expect(slots(berlin('0 12 * * *'), '2026-07-01T00:00:00Z', 1)).toEqual([
      '2026-07-01T10:00:00.000Z',
    ]);
  });

  it('fires by the second', () => {
    expect(slots({ cron: '*/20 * * * * *' }, '2026-01-01T00:00:05.500Z', 4)).toEqual([
      '2026-01-01T00:00:20.000Z',
      '2026-01-01T00:00:40.000Z',
      '2026-01-01T00:01:00.000Z',
      '2026-01-01T00:01:20.000Z',
    ]);
  });

  it('takes the next slot after an instant, never the instant itself', () => {
    const everyMinute = { cron: '* * * * *' };

    expect(slots(everyMinute, '2026-01-01T00:01:00.000Z', 1)).toEqual(['2026-01-01T00:02:00.000Z']);
    expect(slots(everyMinute, '2026-01-01T00:00:59.999Z', 1)).toEqual(['2026-01-01T00:01:00.000Z']);
  });

  it('takes the latest slot at an instant or before it', () => {
    const hourly = { cron: '0 * * * *' };

    expect(latest(hourly, '2026-01-01T05:00:00.000Z')).toBe('2026-01-01T05:00:00.000Z');
    expect(latest(hourly, '2026-01-01T05:00:00.001Z')).toBe('2026-01-01T05:00:00.000Z');
    expect(latest(hourly, '2026-01-01T04:59:59.999Z')).toBe('2026-01-01T04:00:00.000Z');
    expect(latest({ cron: '0 0 29 2 *' }, '2027-06-01T00:00:00Z')).toBe('2024-02-29T00:00:00.000Z');
  });

  describe('when the clock goes forward in Berlin', () => {
    it('runs a time that the clock skips as the gap ends', () => {
      expect(slots(berlin('30 2 * * *'), '2026-03-28T12:00:00Z', 2)).toEqual([
        '2026-03-29T01:00:00.000Z',
        '2026-03-30T00:30:00.000Z',
      ]);
    });

    it('goes on by real time with more than one time a day', () => {
      expect(slots(berlin('*/30 * * * *'), '2026-03-29T00:15:00Z', 3)).toEqual([
        '2026-03-29T00:30:00.000Z',
        '2026-03-29T01:00:00.000Z',
        '2026-03-29T01:30:00.000Z',
      ]);
    });
  });

  describe('when the clock goes back in Berlin', () => {
    it('runs a time that comes twice once, at its first coming', () => {
      expect(slots(berlin('30 2 * * *'), '2026-10-24T12:00:00Z', 2)).toEqual([
        '2026-10-25T00:30:00.000Z',
        '2026-10-26T01:30:00.000Z',
      ]);
      expect(latest(berlin('30 2 * * *'), '2026-10-25T02:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    });

    it('goes on by real time with more than one time a day', () => {
      expect(slots(berlin('*/30 * * * *'), '2026-10-25T00:15:00Z', 4)).toEqual([
        '2026-10-25T00:30:00.000Z',
        '2026-10-25T01:00:00.000Z',
        '2026-10-25T01:30:00.000Z',
        '2026-10-25T02:00:00.000Z',
      ]);
    });
  });

  it('agrees with itself: the latest slot before the next one is the one that was', () => {
    const crons = fc.constantFrom(
      '*/7 * * * * *',
      '30 2 * * *',
      '*/20 1-3 * * *',
      '0 0 L * *',
      '5 4 * * 1',
    );
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
    );
    const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });

    fc.assert(
      fc.property(crons, zones, instants, (cron, timezone, at) => {
        const spec = { cron, timezone };
        const slot = cronerReader.next(spec, at);
        if (slot === undefined) throw new Error('never fires');

        expect(slot).toBeGreaterThan(at);
        expect(cronerReader.latest(spec, slot)).toBe(slot);
        expect(cronerReader.latest(spec, slot - 1)).toBe(cronerReader.latest(spec, at));
        expect(cronerReader.latest(spec, at)).toBeLessThanOrEqual(at);
      }),
    );
  });

  it('goes straight to the latest slot, however often it fires', () => {
    const started = performance.now();
    for (let day = 0; day < 200; day++)
      cronerReader.latest({ cron: '* * * * * *' }, Date.UTC(2020, 0, day));

    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('reads more expressions than it keeps', () => {
    for (let minute = 0; minute < 60; minute++)
      for (let hour = 0; hour < 24; hour++)
        cronerReader.next({ cron: `${minute} ${hour} * * *` }, 0);

    expect(slots({ cron: '0 0 * * *' }, '2026-01-01T00:00:00Z', 1)).toEqual([
      '2026-01-02T00:00:00.000Z',
    ]);
  });
});
