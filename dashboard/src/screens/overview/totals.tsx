import type { JobState } from '#contract';
import { compact, count } from '../../format/numbers.js';
import { STATES, stateName } from '../../format/states.js';
import { Link } from '../../shell/link.js';
import { jobsHref } from '../../shell/place.js';
import { Icon } from '../../ui/icon.js';

/** Jobs in each state; each leads to its jobs. */
export function Totals({ totals }: { readonly totals: Readonly<Record<JobState, number>> }) {
  return (
    <ul className="totals" aria-label="Jobs by state">
      {STATES.map((state) => (
        <li key={state}>
          <Link href={jobsHref({ state })} className={`total tint-${state}`}>
            <span className="total-name">
              <Icon name={state} size={14} />
              {stateName(state)}
            </span>
            <span className="total-count num" title={count(totals[state])}>
              {compact(totals[state])}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
