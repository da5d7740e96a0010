import { describe, expect, it } from 'vitest';
import { cronerReader } from '../../../lib/adapters/croner/croner-reader.js';
import { scheduleProblems } from '../../../lib/core/spec/schedule-checks.js';

describe('scheduleProblems', () => {
  it.each(['*/5 * * * *', { cron: '0 0 * * *', timezone: 'Asia/Tokyo' }])(
    'finds none in %j',
    (schedule) => {
      expect(scheduleProblems(schedule, cronerReader)).toEqual([]);
    },
  );

  it.each([
    ['0 0 30 2 *', 'which never does'],
    [{ cron: '0 0 30 2 *' }, 'which never does'],
    [{ cron: '* * * * *', timezone: 'Mars/Base' }, 'expected an IANA time zone'],
  ])('says what is wrong with %j', (schedule, problem) => {
    expect(scheduleProblems(schedule, cronerReader)).toEqual([expect.stringContaining(problem)]);
  });

  it('has nothing to say of what is no schedule, or without a reader', () => {
    expect(scheduleProblems(undefined, cronerReader)).toEqual([]);
    expect(scheduleProblems({ timezone: 5 }, cronerReader)).toEqual([]);
    expect(scheduleProblems('0 0 30 2 *', undefined)).toEqual([]);
  });
});
