import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { defineTask } from '../../../lib/core/spec/define-task.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';

const Add = defineTask<{ a: number; b: number }, number>('add', { queue: 'math' });

describe('job()', () => {
  it('describes a job of a definition', () => {
    expect(job(Add, { a: 1, b: 2 }, { priority: 3 })).toEqual({
      kind: 'job',
      task: 'add',
      definition: Add,
      payload: { a: 1, b: 2 },
      options: { priority: 3 },
    });
  });

  it('describes a job of a name', () => {
    expect(job('anything')).toEqual({
      kind: 'job',
      task: 'anything',
      payload: undefined,
      options: {},
    });
  });

  it("is what a definition's own job() does", () => {
    expect(Add.job({ a: 1, b: 2 }, { id: 'x' })).toEqual(job(Add, { a: 1, b: 2 }, { id: 'x' }));
  });

  it('gives something frozen that does not follow what it was made of', () => {
    const headers: Record<string, string> = { tenant: 'a' };
    const onSuccess = [job('next')];
    const options = { id: 'one', headers, onSuccess };
    const spec = job('first', undefined, options);
    options.id = 'two';
    headers['tenant'] = 'b';
    onSuccess.push(job('late'));

    expect(spec.options.id).toBe('one');
    expect(spec.options.headers).toEqual({ tenant: 'a' });
    expect(spec.options.onSuccess).toHaveLength(1);
    for (const part of [spec, spec.options, spec.options.headers, spec.options.onSuccess])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('leaves the payload as it is, to be encoded at enqueue', () => {
    const payload = { a: 1, b: 2 };

    expect(job(Add, payload).payload).toBe(payload);
  });

  it('hands its headers down to its callbacks, whose own keys win', () => {
    const inner = job('inner', undefined, { headers: { trace: 'own' } });
    const middle = job('middle', undefined, { onError: [inner] });
    const spec = job('outer', undefined, {
      headers: { trace: '1', tenant: 'a' },
      onSuccess: [middle],
    });

    const [inherited] = spec.options.onSuccess ?? [];
    expect(inherited?.options.headers).toEqual({ trace: '1', tenant: 'a' });
    expect(inherited?.options.onError?.[0]?.options.headers).toEqual({ trace: 'own', tenant: 'a' });
    expect(middle.options.headers).toBeUndefined();
  });

  it.each([undefined, null, 5, {}, ''])('refuses %j as a task', (task) => {
    expect(() => job(wrong(task), wrong(undefined))).toThrow(InvalidOptionsError);
  });

  it('says what a task is when it gets none, as with a circular import', () => {
    expect(() => job(wrong(undefined), wrong(undefined))).toThrow(
      'job(): task: expected a task name, or what defineTask() gives, got undefined',
    );
  });

  it('names the job and all that is wrong with its options', () => {
    expect(() =>
      job('add', undefined, wrong({ maxRetries: -1, prioritty: 1, timeout: 0 })),
    ).toThrow(
      "job 'add': maxRetries: expected an integer, 0 or more, got -1; " +
        "prioritty: expected a known option, got 'prioritty' (did you mean 'priority'?); " +
        'timeout: expected milliseconds, more than 0, got 0',
    );
  });

  it('refuses what could not follow a job', () => {
    const parts = [
      group([]),
      chain([job('a'), job('b')]),
      job('c', undefined, { schedule: '* * * * *' }),
    ];

    expect(() => job('add', undefined, { onSuccess: wrong(parts) })).toThrow(
      "job 'add': onSuccess[0]: expected a job made by job(), got a group; " +
        'onSuccess[1]: expected a job made by job(), got a chain; ' +
        "onSuccess[2]: expected a job without a schedule, got the schedule of task 'c'",
    );
  });
});
