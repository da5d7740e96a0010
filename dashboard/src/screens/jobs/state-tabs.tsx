import { useRef } from 'react';
import type { JobState } from '#contract';
import { usePulse } from '../../api/queries.js';
import { compact, count } from '../../format/numbers.js';
import { STATES, stateName } from '../../format/states.js';
import { Link } from '../../shell/link.js';
import { jobsHref } from '../../shell/place.js';
import { useCurrentInView } from '../../shell/use-current-in-view.js';
import { Icon } from '../../ui/icon.js';

interface StateTabsProps {
  readonly state: JobState | undefined;
  readonly q: string;
  readonly counts: Readonly<Record<JobState, number>> | undefined;
}

/** Links, not tabs: each is an address of its own. */
export function StateTabs({ state: current, q, counts }: StateTabsProps) {
  const totals = usePulse()?.totals;
  // With a filter a total would mislead.
  const shown = counts ?? (q === '' ? totals : undefined);
  const row = useRef<HTMLElement>(null);
  useCurrentInView(row, current ?? '');
  return (
    <nav className="tabs" aria-label="State" ref={row}>
      <Link href={jobsHref({ q })} aria-current={current === undefined ? 'page' : undefined}>
        All
      </Link>
      {STATES.map((state) => (
        <Link
          key={state}
          data-key={state}
          href={jobsHref({ state, q })}
          aria-current={state === current ? 'page' : undefined}
          className={`tint-${state}`}
        >
          <Icon name={state} size={13} />
          {stateName(state)}
          {shown && (
            <span className="tab-count num" title={count(shown[state])}>
              {compact(shown[state])}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
