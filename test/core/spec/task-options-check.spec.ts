import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cronerReader } from '../../../lib/adapters/croner/croner-reader.js';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { checkTaskOptions } from '../../../lib/core/spec/task-options-check.js';
import { wrong } from '../../support/wrong.js';

const SCHEMA = 'expected a Standard Schema (zod, valibot, arktype, …)';

describe('checkTaskOptions', () => {
  it('takes everything that @Task takes', () => {
    const functionSchema = Object.assign(() => true, { '~standard': z.string()['~standard'] });
    const options = {
      queue: 'math',
      concurrency: 5,
      maxRetries: 3,
      backoff: () => null,
      timeout: 1_000,
      schedule: { cron: '*/5 * * * * *', timezone: 'Europe/Berlin' },
      payload: z.object({}),
      result: functionSchema,
      aliases: ['old'],
      instance: 'second',
    };

    expect(() => checkTaskOptions(options, '@Task', cronerReader)).not.toThrow();
    expect(() => checkTaskOptions({}, '@Task', cronerReader)).not.toThrow();
  });

  it.each([
    ['concurrency', 0, 'expected an integer, 1 or more, got 0'],
    ['concurrency', -1, 'expected an integer, 1 or more, got -1'],
    ['concurrency', NaN, 'expected an integer, 1 or more, got NaN'],
    ['concurrency', 2.5, 'expected an integer, 1 or more, got 2.5'],
    ['concurrency', Infinity, 'expected an integer, 1 or more, got Infinity'],
    [
      'backoff',
      'soon',
      "expected milliseconds, 0 or more, { type, delay, max?, jitter? } or a function, got 'soon'",
    ],
    ['payload', z, `${SCHEMA}, got an object`],
    ['result', String, `${SCHEMA}, got a function`],
    ['result', null, `${SCHEMA}, got null`],
    ['aliases', 'old', "expected an array of task names, got 'old'"],
    ['instance', '', 'expected a text of 1 to 200 characters'],
    ['schedule', '@daily', "expected a cron expression of five or six fields, got '@daily'"],
    [
      'schedule',
      '0 0 30 2 *',
      "expected a cron expression that fires, got '0 0 30 2 *', which never does",
    ],
  ])('refuses %s: %s', (key, value, message) => {
    const check = () =>
      checkTaskOptions(wrong({ [key]: value }), '@Task(add) of Math.add', cronerReader);

    expect(check).toThrow(InvalidOptionsError);
    expect(check).toThrow(`@Task(add) of Math.add: ${key}: ${message}`);
  });

  it('names the alias that cannot be', () => {
    expect(() => checkTaskOptions({ aliases: ['ok', ''] }, '@Task')).toThrow(
      'aliases[1]: expected',
    );
  });

  it('guesses at what was meant', () => {
    expect(() => checkTaskOptions(wrong({ retries: 1 }), '@Task')).toThrow(
      "retries: expected a known option, got 'retries' (did you mean 'maxRetries'?)",
    );
  });
});
