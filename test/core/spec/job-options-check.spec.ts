import { describe, expect, it } from 'vitest';
import type { CronReader } from '../../../lib/core/cron.js';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { checkJobOptions } from '../../../lib/core/spec/job-options-check.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';

/** What is wrong with these options, in the words of the error. */
function problemsOf(options: unknown, cron?: CronReader): readonly string[] {
  try {
    checkJobOptions(wrong(options), 'here', cron);
    return [];
  } catch (error) {
    if (error instanceof InvalidOptionsError) return error.problems;
    throw error;
  }
}

const TEXT = 'expected a text of 1 to 200 characters without control characters or broken unicode';
const BACKOFF =
  "expected milliseconds, 0 or more, or { type, delay, max?, jitter? } (a function only works on a task or in 'defaults')";
const CRON = 'expected a cron expression of five or six fields';

describe('checkJobOptions', () => {
  it.each([
    [{}],
    [{ id: 'a', queue: 'q:1', maxRetries: 0, timeout: 0.5, priority: -5 }],
    [{ id: 'é'.repeat(200), queue: '🚀' }],
    [{ id: undefined, eta: undefined, onSuccess: undefined, backoff: undefined }],
    [{ backoff: 0 }],
    [{ backoff: { type: 'exponential', delay: 10, max: 100, jitter: 1 } }],
    [{ backoff: { type: 'fixed', delay: 10, max: undefined } }],
    [{ eta: new Date(0), expiresAt: new Date() }],
    [{ delay: 0 }],
    [{ schedule: '* * * * *' }],
    [{ schedule: { cron: '* * * * * *', timezone: 'Europe/Berlin' } }],
    [{ priority: 2 ** 31 - 1 }],
    [{ priority: -(2 ** 31) }],
    [{ headers: {}, onSuccess: [job('a')], onError: [] }],
  ])('takes %j', (options) => {
    expect(problemsOf(options)).toEqual([]);
  });

  it.each([
    ['id', '', "got ''", TEXT],
    ['id', 'x'.repeat(201), `got '${'x'.repeat(60)}…'`, TEXT],
    ['id', 'a\u0000b', String.raw`got 'a\u0000b'`, TEXT],
    ['id', 'a\u007F', 'got', TEXT],
    ['id', '\uD83D', String.raw`got '\ud83d'`, TEXT],
    ['id', 5, 'got 5', TEXT],
    ['queue', '', "got ''", TEXT],
    ['queue', null, 'got null', TEXT],
    ['maxRetries', -1, 'got -1', 'expected an integer, 0 or more'],
    ['maxRetries', 1.5, 'got 1.5', 'expected an integer, 0 or more'],
    ['maxRetries', NaN, 'got NaN', 'expected an integer, 0 or more'],
    ['maxRetries', Infinity, 'got Infinity', 'expected an integer, 0 or more'],
    ['maxRetries', '3', "got '3'", 'expected an integer, 0 or more'],
    ['backoff', -1, 'got -1', BACKOFF],
    ['backoff', NaN, 'got NaN', BACKOFF],
    ['backoff', () => 5, 'got a function', BACKOFF],
    ['timeout', 0, 'got 0', 'expected milliseconds, more than 0'],
    ['timeout', Infinity, 'got Infinity', 'expected milliseconds, more than 0'],
    ['eta', new Date(NaN), 'got an invalid Date', 'expected a valid Date'],
    ['eta', 1_700_000_000_000, 'got 1700000000000', 'expected a valid Date'],
    ['eta', '2026-01-01', "got '2026-01-01'", 'expected a valid Date'],
    ['delay', -1, 'got -1', 'expected milliseconds, 0 or more'],
    ['delay', Infinity, 'got Infinity', 'expected milliseconds, 0 or more'],
    ['delay', 1e300, 'got 1e+300', 'expected milliseconds, 0 or more'],
    ['priority', 0.5, 'got 0.5', 'expected an integer of 32 bits'],
    ['priority', 2 ** 31, 'got 2147483648', 'expected an integer of 32 bits'],
    ['expiresAt', new Date('never'), 'got an invalid Date', 'expected a valid Date'],
    ['schedule', '', "got ''", CRON],
    ['schedule', 5, 'got 5', CRON],
    ['onSuccess', job('a'), 'got an object', 'expected an array of jobs made by job()'],
    ['onError', 'a', "got 'a'", 'expected an array of jobs made by job()'],
    ['headers', 'a', "got 'a'", 'expected an object of texts'],
  ])('refuses %s: %o, saying what it expected', (key, value, got, expected) => {
    const problems = problemsOf({ [key]: value });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${key}: ${expected}, ${got}`);
  });

  it.each([
    [
      { backoff: {} },
      [
        'backoff.type: expected a value, got undefined',
        'backoff.delay: expected a value, got undefined',
      ],
    ],
    [
      { backoff: { type: 'fixed', delay: 1, jitter: 2, maxx: 1 } },
      [
        'backoff.jitter: expected a number from 0 to 1, got 2',
        "backoff.maxx: expected a known option, got 'maxx' (did you mean 'max'?)",
      ],
    ],
    [
      { schedule: { timezone: '' } },
      [
        'schedule.cron: expected a value, got undefined',
        "schedule.timezone: expected an IANA time zone such as 'Europe/Berlin', got ''",
      ],
    ],
    [{ eta: new Date(), delay: 5 }, ["eta: expected 'eta' or 'delay', got both"]],
    [
      { schedule: '* * * * *', eta: new Date() },
      ["schedule: expected 'schedule' or 'eta', got both"],
    ],
    [{ schedule: '* * * * *', delay: 0 }, ["schedule: expected 'schedule' or 'delay', got both"]],
    [
      { headers: { 'Tasqueue-x': 'a', '': 'b', c: 5 } },
      [
        "headers: expected keys that do not begin with 'tasqueue-' (ours), got 'Tasqueue-x'",
        `headers: key: ${TEXT}, got ''`,
        'headers.c: expected a text, got 5',
      ],
    ],
    [
      { headers: { big: 'x'.repeat(9_000) } },
      ['headers: expected 8192 characters at most, got 9003'],
    ],
    [null, ['options: expected an object, got null']],
    [[], ['options: expected an object, got an empty array']],
  ])('refuses %o, in each of its parts', (options, problems) => {
    expect(problemsOf(options)).toEqual(problems);
  });

  it('tells everything at once, and where', () => {
    expect(() => checkJobOptions({ maxRetries: -1, timeout: -1 }, "job 'add'")).toThrow(
      "job 'add': maxRetries: expected an integer, 0 or more, got -1; timeout: expected milliseconds, more than 0, got -1",
    );
  });

  it('refuses a key that only looks known', () => {
    expect(problemsOf({ constructor: 1 })).toHaveLength(1);
    expect(problemsOf(JSON.parse('{"__proto__": 1}'))).toHaveLength(1);
  });

  it('never repeats the content of an object, which may be a secret', () => {
    const secret = { password: 'hunter2' };

    expect(
      problemsOf({ id: secret, queue: [secret], headers: { token: secret } }).join(),
    ).not.toContain('hunter2');
  });

  describe('with a reader of cron expressions', () => {
    const reader: CronReader = {
      problem: ({ cron, timezone }) =>
        cron === '0 0 30 2 *' ? `never in ${timezone ?? 'UTC'}` : undefined,
      next: () => undefined,
      latest: () => undefined,
    };

    it('tells what the reader finds, with the rest', () => {
      const schedule = { cron: '0 0 30 2 *', timezone: 'Asia/Tokyo' };

      expect(problemsOf({ schedule: '0 0 30 2 *' }, reader)).toEqual(['schedule: never in UTC']);
      expect(problemsOf({ schedule, timeout: 0 }, reader)).toEqual([
        'timeout: expected milliseconds, more than 0, got 0',
        'schedule: never in Asia/Tokyo',
      ]);
    });

    it('does not ask the reader about what is no expression at all', () => {
      expect(problemsOf({ schedule: 5 }, reader)).toHaveLength(1);
      expect(problemsOf({ schedule: '* * * * *' }, reader)).toEqual([]);
      expect(problemsOf({}, reader)).toEqual([]);
    });
  });
});
