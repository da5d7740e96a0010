import { describe, expect, it } from 'vitest';
import * as errors from '../../lib/core/errors.js';
import { UnguardedDashboardError } from '../../lib/dashboard/errors.js';
import { readPage } from '../support/docs/page-check.js';
import { codeOf, tableBelow } from '../support/docs/tables.js';

const { TasqueueError, ...ofCore } = errors;
const classes = { ...ofCore, UnguardedDashboardError };

/** Each class with an instance: the code is the instance's. A number and a list suit every constructor. */
const instances = Object.entries(classes).map(([name, ErrorClass]) => {
  const error: unknown = Reflect.construct(ErrorClass, [5, []]);
  if (!(error instanceof TasqueueError)) throw new Error(`${name} is no TasqueueError`);
  return { name, error };
});

describe('the errors', async () => {
  const rows = tableBelow(await readPage('docs/errors.md'));

  it('are all in docs/errors.md with their codes, and no others are', () => {
    const documented = rows.map((row) => [codeOf(row['error']), codeOf(row['code'])]);
    const thrown = instances.map(({ name, error }) => [name, error.code]);

    expect(new Set(documented.map(String))).toEqual(new Set(thrown.map(String)));
    expect(documented).toHaveLength(thrown.length);
  });

  it.each(rows)('$error says when, and what to do', (row) => {
    expect(row['when']?.length).toBeGreaterThan(10);
    expect(row['what to do']?.length).toBeGreaterThan(10);
  });

  it.each(instances)(
    '$name is named after its class, and its code after its name',
    ({ name, error }) => {
      const words = name.replace(/Error$/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_');

      expect(error.name).toBe(name);
      expect(error.code).toBe(`TASQUEUE_${words.toUpperCase()}`);
    },
  );
});
