import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';

describe('chain()', () => {
  it('describes its steps in their order, groups among them', () => {
    const steps = [job('a'), group([job('b'), job('c')]), job('d')] as const;
    const onError = [job('e')];

    expect(chain(steps, { id: 'ch', onError })).toEqual({
      kind: 'chain',
      id: 'ch',
      steps,
      onError,
    });
  });

  it('gives something frozen', () => {
    const spec = chain([job('a'), job('b')]);

    expect(Object.isFrozen(spec)).toBe(true);
    expect(Object.isFrozen(spec.steps)).toBe(true);
  });

  it('hands its headers down to steps, members and callbacks, whose own keys win', () => {
    const spec = chain([job('a', 1, { headers: { at: 'own' } }), group([job('b')])], {
      headers: { at: 'chain' },
      onError: [job('c')],
    });

    expect(spec).toMatchObject({
      steps: [
        { options: { headers: { at: 'own' } } },
        { members: [{ options: { headers: { at: 'chain' } } }] },
      ],
      onError: [{ options: { headers: { at: 'chain' } } }],
    });
  });

  it.each([0, 1])('refuses %d steps', (count) => {
    const steps = Array.from({ length: count }, () => job('a'));

    expect(() => chain(steps)).toThrow(InvalidOptionsError);
    expect(() => chain(steps)).toThrow(
      `chain(): steps: expected 2 or more, got ${count} (enqueue a single job by itself)`,
    );
  });

  it.each([
    [
      'a chain',
      chain([job('a'), job('b')]),
      'expected a job made by job() or a group made by group(), got a chain',
    ],
    [
      'a schedule',
      job('a', 1, { schedule: '* * * * *' }),
      "expected a job without a schedule, got the schedule of task 'a'",
    ],
    [
      'nothing',
      undefined,
      'expected a job made by job() or a group made by group(), got undefined',
    ],
  ])('refuses %s as a step', (_what, step, message) => {
    expect(() => chain(wrong([job('a'), step]))).toThrow(`chain(): steps[1]: ${message}`);
  });

  it('refuses unknown options: what follows a chain is its last step', () => {
    expect(() => chain([job('a'), job('b')], wrong({ onSuccess: [] }))).toThrow(
      "chain(): onSuccess: expected one of the options id, onError, headers, got 'onSuccess'",
    );
  });

  it('refuses one id for two of its parts, members of its groups included', () => {
    const steps = [job('a', 1, { id: 'x' }), group([job('b', 1, { id: 'x' })])] as const;

    expect(() => chain(steps)).toThrow("chain(): id: expected each id once, got 'x' again");
  });
});
