import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';

describe('group()', () => {
  it('describes its members and callbacks in their order', () => {
    const [a, b, done] = [job('a'), job('b', 1), job('done')];

    expect(group([a, b], { id: 'g', onComplete: [done] })).toEqual({
      kind: 'group',
      id: 'g',
      members: [a, b],
      onSuccess: [],
      onError: [],
      onComplete: [done],
    });
  });

  it('may be empty', () => {
    expect(group([]).members).toEqual([]);
  });

  it('gives something frozen that does not follow the array it was made of', () => {
    const members = [job('a')];
    const spec = group(members);
    members.push(job('b'));

    expect(spec.members).toHaveLength(1);
    expect(Object.isFrozen(spec)).toBe(true);
    expect(Object.isFrozen(spec.members)).toBe(true);
  });

  it('hands its headers down to members and callbacks, whose own keys win', () => {
    const spec = group([job('a', 1, { headers: { step: 'own' } })], {
      headers: { step: 'group', trace: '1' },
      onSuccess: [job('b')],
      onError: [job('c')],
      onComplete: [job('d')],
    });

    expect(spec.members[0]?.options.headers).toEqual({ step: 'own', trace: '1' });
    for (const callbacks of [spec.onSuccess, spec.onError, spec.onComplete])
      expect(callbacks[0]?.options.headers).toEqual({ step: 'group', trace: '1' });
  });

  it.each([
    ['no array', 'ab', "members: expected an array of jobs made by job(), got 'ab'"],
    ['something else', [{ task: 'a' }], 'members[0]: expected a job made by job(), got an object'],
    ['a group', [group([])], 'members[0]: expected a job made by job(), got a group'],
    [
      'a chain',
      [chain([job('a'), job('b')])],
      'members[0]: expected a job made by job(), got a chain',
    ],
    [
      'a schedule',
      [job('a', 1, { schedule: '* * * * *' })],
      "members[0]: expected a job without a schedule, got the schedule of task 'a'",
    ],
    [
      'a promise of a job',
      [Promise.resolve(job('a'))],
      'members[0]: expected a job made by job(), got a promise (is an await missing?)',
    ],
  ])('refuses %s as members', (_what, members, message) => {
    expect(() => group(wrong(members))).toThrow(`group(): ${message}`);
  });

  it('names all that is wrong at once', () => {
    expect(() => group(wrong([1]), wrong({ id: '', onSucess: [] }))).toThrow(
      'group(): members[0]: expected a job made by job(), got 1; ' +
        "id: expected a text of 1 to 200 characters without control characters or broken unicode, got ''; " +
        "onSucess: expected a known option, got 'onSucess' (did you mean 'onSuccess'?)",
    );
  });

  it('refuses one id for two of its parts', () => {
    const twice = [job('a', 1, { id: 'x' }), job('a', 2, { id: 'x' })];

    expect(() => group(twice)).toThrow("group(): id: expected each id once, got 'x' again");
    expect(() => group([job('a', 1, { id: 'g' })], { id: 'g' })).toThrow(InvalidOptionsError);
  });
});
