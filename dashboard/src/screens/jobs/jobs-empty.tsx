import { stateName } from '../../format/states.js';
import { Link } from '../../shell/link.js';
import { jobsHref } from '../../shell/place.js';
import { Empty } from '../../ui/empty.js';
import type { JobFilter } from './use-job-pages.js';

export function JobsEmpty({ filter: { state, q, cursor } }: { readonly filter: JobFilter }) {
  const kind = state === undefined ? '' : `${stateName(state).toLowerCase()} `;
  if (q !== '')
    return (
      <Empty icon="search" title={`No ${kind}job matches`}>
        Take a word out of the filter, look at <Link href={jobsHref({ q })}>jobs of any state</Link>
        , or <Link href={jobsHref({ state })}>clear the filter</Link>.
      </Empty>
    );
  if (cursor !== undefined)
    return (
      <Empty icon="jobs" title="No more jobs">
        This was the last page. <Link href={jobsHref({ state })}>Back to the first</Link>.
      </Empty>
    );
  return (
    <Empty icon={state ?? 'jobs'} title={`No ${kind}jobs`}>
      {state === 'failed' ? (
        'Nothing has failed, or what has failed was retried or is past its retention.'
      ) : (
        <>
          Jobs show here as soon as the application enqueues them: <code>client.enqueue(…)</code>.
        </>
      )}
    </Empty>
  );
}
