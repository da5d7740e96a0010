import { count } from '../../format/numbers.js';
import { go, jobsHref, useCanGoBack } from '../../shell/place.js';
import { Button } from '../../ui/button.js';
import type { JobFilter, JobPages } from './use-job-pages.js';

interface PagerProps {
  readonly pages: JobPages;
  readonly filter: JobFilter;
}

/** Pages lie behind cursors, so there is a next one and the one that was left, and no page number. */
export function Pager({ pages: { items, next, scans }, filter: { state, q, cursor } }: PagerProps) {
  const canGoBack = useCanGoBack();
  if (items.length === 0 || (next === undefined && cursor === undefined)) return null;
  return (
    <nav className="pager" aria-label="Pages">
      <span className="soft num">{count(items.length)} on this page</span>
      <span className="spring" />
      {cursor !== undefined && (
        <Button onClick={() => go(jobsHref({ state, q }))}>First page</Button>
      )}
      {cursor !== undefined && canGoBack && (
        <Button onClick={() => history.back()}>Page before</Button>
      )}
      <Button
        disabled={next === undefined || scans}
        onClick={() => go(jobsHref({ state, q, cursor: next }))}
      >
        Next page
      </Button>
    </nav>
  );
}
