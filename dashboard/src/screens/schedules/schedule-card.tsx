import { useId } from 'react';
import type { ScheduleRow } from '#contract';
import { inZone } from '../../format/times.js';
import { Link } from '../../shell/link.js';
import { jobHref } from '../../shell/place.js';
import { Icon } from '../../ui/icon.js';
import { StateMark } from '../../ui/state-mark.js';
import { Time } from '../../ui/time.js';
import { ScheduleActions } from './schedule-actions.js';

export function ScheduleCard({ schedule }: { readonly schedule: ScheduleRow }) {
  const { id, task, queue, cron, words, timezone, paused, lastError } = schedule;
  const titleId = useId();
  return (
    <li className="panel schedule" aria-labelledby={titleId}>
      <header className="panel-head">
        <div>
          <h2 id={titleId}>{id}</h2>
          <p className="soft">
            {task === id ? '' : `${task}, `}queue {queue}
          </p>
        </div>
        <ScheduleActions schedule={schedule} />
      </header>
      <p className="schedule-words">
        {paused && (
          <span className="tag tag-paused">
            <Icon name="paused" size={11} />
            paused
          </span>
        )}
        {words}
        <code>{cron}</code>
        <span className="soft">{timezone ?? 'UTC'}</span>
      </p>
      {lastError !== undefined && <p className="attempt-error">{lastError}</p>}
      <div className="columns">
        <NextSlots schedule={schedule} />
        <LastRuns schedule={schedule} />
      </div>
    </li>
  );
}

function NextSlots({ schedule: { nextAt, paused, timezone } }: { readonly schedule: ScheduleRow }) {
  return (
    <div>
      <h3>Next</h3>
      {nextAt.length === 0 ? (
        <p className="soft">{paused ? 'None while it is paused.' : 'None.'}</p>
      ) : (
        <ol className="slots-list">
          {nextAt.map((at) => (
            <li key={at}>
              <Time at={at} />
              <span className="soft num">{inZone(Date.parse(at), timezone)}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function LastRuns({ schedule: { lastRuns } }: { readonly schedule: ScheduleRow }) {
  return (
    <div>
      <h3>Last runs</h3>
      {lastRuns.length === 0 ? (
        <p className="soft">It has not run yet, or its runs are past their retention.</p>
      ) : (
        <ol className="slots-list">
          {lastRuns.map((run) => (
            <li key={run.id}>
              <StateMark state={run.state} />
              <Link href={jobHref(run.id)}>
                <Time at={run.processedAt ?? run.enqueuedAt} />
              </Link>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
