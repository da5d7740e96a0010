import assert from 'node:assert/strict';
import { compareAndSet } from './conformance/results/compare-and-set.js';
import { clients } from './conformance/results/clients.js';
import { contents } from './conformance/results/contents.js';
import { counts } from './conformance/results/counts.js';
import { cursors } from './conformance/results/cursors.js';
import { lateMembers } from './conformance/results/late-members.js';
import { marks } from './conformance/results/marks.js';
import { noticeExpiry, notices } from './conformance/results/notices.js';
import { pageFilters } from './conformance/results/page-filters.js';
import { pages } from './conformance/results/pages.js';
import { plans } from './conformance/results/plans.js';
import { release } from './conformance/results/release.js';
import { retention } from './conformance/results/retention.js';
import {
  KEEP_ALL,
  type ResultsCases,
  type ResultsWorld,
} from './conformance/results/results-world.js';
import { tombstones } from './conformance/results/tombstones.js';
import { watching } from './conformance/results/watching.js';
import { testFramework, type TestFramework } from './conformance/test-framework.js';

export type { ResultsWorld } from './conformance/results/results-world.js';

interface Group {
  readonly title: string;
  readonly cases: ResultsCases;
  /** Takes minutes: runs where time can be moved, and nowhere else. */
  readonly long?: boolean | undefined;
}

const GROUPS: readonly Group[] = [
  { title: 'comparing and setting records', cases: compareAndSet },
  { title: 'what ids, records and calls may hold', cases: contents },
  { title: 'tombstones', cases: tombstones },
  { title: 'groups and chains', cases: plans },
  { title: 'marks', cases: marks },
  { title: 'watching', cases: watching },
  { title: 'pages', cases: pages },
  { title: 'cursors of pages', cases: cursors },
  { title: 'filters of pages', cases: pageFilters },
  { title: 'counts', cases: counts },
  { title: 'notices', cases: notices },
  { title: 'several clients', cases: clients },
  { title: 'retention', cases: retention, long: true },
  { title: 'release', cases: release, long: true },
  { title: 'members out of time', cases: lateMembers, long: true },
  { title: 'the end of notices', cases: noticeExpiry, long: true },
];

/**
 * Tries a results store against all that `Results` promises, one fresh store of `factory` per case.
 *
 * Takes `describe`, `it`, `beforeEach` and `afterEach` from the global scope, or from `framework`.
 *
 * ```ts
 * describeResults('MyResults', async () => ({
 *   results: new MyResults(url, { prefix }),
 *   another: async () => new MyResults(url, { prefix }),
 *   pass: (ms) => setTimeout(ms),
 *   dispose: () => dropEverything(prefix),
 * }));
 * ```
 */
export function describeResults(
  name: string,
  factory: () => Promise<ResultsWorld>,
  framework?: TestFramework,
): void {
  const { describe, it, beforeEach, afterEach } = testFramework(framework);
  const current: { world?: ResultsWorld | undefined } = {};

  const open = async (): Promise<void> => {
    current.world = await factory();
    await current.world.results.connect({ retention: KEEP_ALL });
  };
  const close = async (): Promise<void> => {
    await current.world?.results.close();
    await current.world?.dispose();
    current.world = undefined;
  };
  const tryGroup = ({ cases, long = false }: Group): void => {
    for (const [title, show] of Object.entries(cases))
      it(title, async () => {
        const world = current.world ?? assert.fail('there is no store to try');
        if (world.timeTravel || !long) await show(world);
      });
  };

  describe(`${name}, as a results store`, () => {
    beforeEach(open);
    afterEach(close);
    for (const group of GROUPS) {
      const condition = group.long ? ' (only where time can be moved)' : '';
      describe(group.title + condition, () => tryGroup(group));
    }
  });
}
