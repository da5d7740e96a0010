import { afterAll, describe, expect, it } from 'vitest';
import { trial } from '../support/mutation/trial.js';
import { MUTATIONS } from './mutations.js';

const rows: Record<string, string | number>[] = [];

afterAll(() => console.table(rows.toSorted((a, b) => Number(a['rule']) - Number(b['rule']))));

describe.concurrent('with a delivery rule switched off, its tests fail', () => {
  it.each(MUTATIONS)('rule $rule: it $name', async ({ rule, name, spec, ...mutation }) => {
    const verdict = await trial(mutation, spec);
    rows.push({ rule, 'switched off: it': name, 'what fails': verdict.failed[0] ?? 'NOTHING' });
    expect(verdict).toMatchObject({ failed: [expect.any(String)], trouble: [] });
  });
});
