import type { JobDetail, TimelineEntry } from '#contract';
import { duration } from '../../format/times.js';
import { useNow } from '../../shell/clock.js';
import { Icon, type IconName } from '../../ui/icon.js';
import { Panel } from '../../ui/panel.js';
import { Elapsed, Time } from '../../ui/time.js';

const SIGNS: Readonly<Record<Exclude<TimelineEntry['what'], 'ended'>, IconName>> = {
  enqueued: 'queued',
  due: 'scheduled',
  started: 'processing',
  failed: 'failed',
  'retry-due': 'retrying',
};

/** The job's life, and how long each part of it took. */
export function Timeline({ job }: { readonly job: JobDetail }) {
  const { timeline, state } = job;
  const now = useNow();
  const last = timeline.at(-1);
  const isOver = last?.what === 'ended';
  return (
    <Panel title="Timeline">
      <ol className="timeline">
        {timeline.map((entry, index) => (
          <li key={`${entry.at} ${entry.label}`}>
            <span className={`timeline-sign tint-${tintOf(entry, state)}`}>
              <Icon name={entry.what === 'ended' ? state : SIGNS[entry.what]} size={12} />
            </span>
            <span className="timeline-label">{entry.label}</span>
            <Time at={entry.at} />
            <Gap from={entry} to={timeline[index + 1]} />
          </li>
        ))}
      </ol>
      {!isOver && last && Date.parse(last.at) <= now && (
        <p className="timeline-now soft">
          {state === 'processing' ? 'Running' : 'Waiting'} for <Elapsed since={last.at} />
        </p>
      )}
    </Panel>
  );
}

function tintOf(entry: TimelineEntry, state: JobDetail['state']): string {
  if (entry.what === 'ended') return state;
  if (entry.what === 'failed') return 'failed';
  return entry.what === 'started' ? 'processing' : 'waiting';
}

function Gap({ from, to }: { from: TimelineEntry; to: TimelineEntry | undefined }) {
  if (!to) return null;
  const ms = Date.parse(to.at) - Date.parse(from.at);
  return ms > 0 ? <span className="timeline-gap num">{duration(ms)}</span> : null;
}
