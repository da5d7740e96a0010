import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask } from '../../../lib/core/spec/define-task.js';
import { wrong } from '../../support/wrong.js';

describe('defineTask()', () => {
  it('keeps what it was given, frozen', () => {
    const schema = z.object({ a: z.number() });
    const aliases = ['plus'];
    const Add = defineTask('add', { queue: 'math', maxRetries: 3, payload: schema, aliases });
    aliases.push('late');

    expect(Add).toMatchObject({ name: 'add', queue: 'math', maxRetries: 3, aliases: ['plus'] });
    expect(Add.payload).toBe(schema);
    expect(Object.isFrozen(Add)).toBe(true);
    expect(Object.isFrozen(Add.aliases)).toBe(true);
  });

  it('is the same task once its result type is said', () => {
    const Mail = defineTask('mail');

    expect(Mail.returns<string>()).toBe(Mail);
  });

  it.each([
    ['no name', undefined, {}, 'defineTask(): name: expected a text of 1 to 200 characters'],
    ['a control character in its name', 'a\nb', {}, 'defineTask(): name: expected a text'],
    [
      'wrong options',
      'add',
      { concurrency: 0, backoff: { type: 'linear', delay: -1 } },
      "defineTask('add'): concurrency: expected an integer, 1 or more, got 0; " +
        "backoff.type: expected 'fixed' or 'exponential', got 'linear'; " +
        'backoff.delay: expected milliseconds, 0 or more, got -1',
    ],
    [
      'what only @Task takes',
      'add',
      { instance: 'second' },
      "defineTask('add'): instance: expected one of the options",
    ],
  ])('refuses %s', (_what, name, options, message) => {
    expect(() => defineTask(wrong(name), wrong(options))).toThrow(message);
  });
});
