import { useState } from 'react';
import type { JobState } from '#contract';
import { useRights } from '../../api/use-rights.js';
import { FilterBar } from '../../filter/filter-bar.js';
import { STATES } from '../../format/states.js';
import { go, jobsHref, usePlace } from '../../shell/place.js';
import { Button } from '../../ui/button.js';
import { Problem } from '../../ui/problem.js';
import { Screen } from '../../ui/screen.js';
import { NewJobDialog } from '../job/new-job-dialog.js';
import { JobsList } from './jobs-list.js';
import { StateTabs } from './state-tabs.js';
import { useJobPages } from './use-job-pages.js';

/** The address holds the filter: a link to this page shows the same to everybody. */
export function JobsScreen() {
  const { parameters } = usePlace();
  const can = useRights();
  const [makes, setMakes] = useState(false);
  const state = STATES.find((one) => one === parameters.get('state'));
  const q = parameters.get('q') ?? '';
  const cursor = parameters.get('cursor') ?? undefined;
  const pages = useJobPages({ state, q, cursor });
  const show = (next: { state?: JobState | undefined; q?: string }) => go(jobsHref({ ...next }));
  return (
    <Screen
      title="Jobs"
      side={
        can('job.enqueue') && (
          <Button icon="plus" onClick={() => setMakes(true)}>
            New job
          </Button>
        )
      }
    >
      <FilterBar q={q} onFilter={(wanted) => show({ state, q: wanted })} />
      <StateTabs state={state} q={q} counts={pages.counts} />
      {pages.query.error && (
        <Problem error={pages.query.error} retry={() => void pages.query.refetch()} />
      )}
      <JobsList key={`${state} ${q} ${cursor}`} pages={pages} filter={{ state, q, cursor }} />
      {makes && <NewJobDialog onClose={() => setMakes(false)} />}
    </Screen>
  );
}
