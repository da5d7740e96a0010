import { describe, expect, it } from 'vitest';
import { DEFAULT_BACKOFF } from '../../lib/core/backoff.js';
import { TASQUEUE_OPTIONS } from '../../lib/core/options-check.js';
import { DEFAULT_RETENTION, DEFAULTS } from '../../lib/core/resolve-options.js';
import { CHAIN_OPTIONS } from '../../lib/core/spec/chain.js';
import { GROUP_OPTIONS } from '../../lib/core/spec/group.js';
import { JOB_OPTIONS } from '../../lib/core/spec/job-options-check.js';
import { TASK_OPTIONS } from '../../lib/core/spec/task-options-check.js';
import { DEFAULT_QUEUE } from '../../lib/core/task-table.js';
import { DASHBOARD_DEFAULTS, DASHBOARD_OPTIONS } from '../../lib/dashboard/dashboard-options.js';
import { HEALTH_DEFAULTS, HEALTH_OPTIONS } from '../../lib/health/health-options.js';
import { readPage } from '../support/docs/page-check.js';
import { codeOf, tableBelow } from '../support/docs/tables.js';

describe('docs/options.md', async () => {
  const page = await readPage('docs/options.md');

  /** Option to what the page gives as its default. */
  const documented = (heading: string): Map<string, string> =>
    new Map(
      tableBelow(page, heading).map((row) => [codeOf(row['option']) ?? '', row['default'] ?? '']),
    );

  /** A default that stands there as code, as the value it says. */
  const valueOf = (cell: string | undefined): unknown => {
    const literal = codeOf(cell)
      ?.replaceAll(/(?<=\d)_(?=\d)/g, '')
      .replaceAll("'", '"')
      .replaceAll(/(\w+): /g, '"$1": ');
    return literal === undefined ? undefined : JSON.parse(literal);
  };

  it.each([
    ['## `TasqueueModule.forRoot()`', TASQUEUE_OPTIONS],
    ['## `@Task()`', TASK_OPTIONS],
    ['## Jobs', JOB_OPTIONS],
    ['## Groups', GROUP_OPTIONS],
    ['## Chains', CHAIN_OPTIONS],
    ['## `isHealthy()`', HEALTH_OPTIONS],
    ['## `TasqueueDashboardModule.forRoot()`', DASHBOARD_OPTIONS],
  ])('lists below %s the options that are taken, and no others', (heading, options) => {
    const keys = [...documented(heading).keys()].filter((key) => !key.includes('.'));

    expect(new Set(keys)).toEqual(new Set(Object.keys(options)));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('gives the defaults of forRoot() as they are', () => {
    const cells = documented('## `TasqueueModule.forRoot()`');
    const given = [...cells].filter(([, cell]) => codeOf(cell) !== undefined);
    const real = {
      ...DEFAULTS,
      ...Object.fromEntries(
        Object.entries(DEFAULT_RETENTION).map(([status, keep]) => [`retention.${status}`, keep]),
      ),
    };

    expect(Object.fromEntries(given.map(([key, cell]) => [key, valueOf(cell)]))).toEqual(real);
  });

  it('gives the defaults of isHealthy() as they are', () => {
    const cells = documented('## `isHealthy()`');

    for (const [option, value] of Object.entries(HEALTH_DEFAULTS))
      expect(valueOf(cells.get(option))).toBe(value);
  });

  it('gives the default path of the dashboard as it is', () => {
    const cells = documented('## `TasqueueDashboardModule.forRoot()`');

    expect(valueOf(cells.get('path'))).toBe(DASHBOARD_DEFAULTS.path);
  });

  it('gives the defaults of @Task() as they are', () => {
    const cells = documented('## `@Task()`');

    expect(valueOf(cells.get('queue'))).toBe(DEFAULT_QUEUE);
    expect(valueOf(cells.get('backoff'))).toEqual(DEFAULT_BACKOFF);
    expect(valueOf(cells.get('maxRetries'))).toBe(0);
  });
});
