import type { JobState, QueueRow } from '#contract';
import { compact, rate, share, some } from '../../format/numbers.js';
import { duration } from '../../format/times.js';
import { quoted } from '../../filter/qualifiers.js';
import { Link } from '../../shell/link.js';
import { jobsHref } from '../../shell/place.js';
import { Icon } from '../../ui/icon.js';
import { Meter } from '../../ui/meter.js';
import { Cell } from '../../ui/table.js';
import { QueueActions } from './queue-actions.js';

const COUNTED: readonly { state: JobState; name: string }[] = [
  { state: 'queued', name: 'Queued' },
  { state: 'scheduled', name: 'Scheduled' },
  { state: 'retrying', name: 'Retrying' },
  { state: 'failed', name: 'Failed' },
];

export function QueueLine({ queue }: { readonly queue: QueueRow }) {
  const { name, counts, latencyMs, throughputPerSecond, failureRate, slots, slotsInUse } = queue;
  const jobsOf = (state: JobState) => jobsHref({ state, q: `queue:${quoted(name)}` });
  return (
    <tr role="row">
      <Cell className="lead">
        <Link href={jobsOf('queued')} data-row-link>
          {name}
        </Link>
        <QueueNote queue={queue} />
      </Cell>
      {COUNTED.map(({ state, name: column }) => (
        <Cell key={state} name={column} right>
          {counts[state] === 0 ? (
            <span className="soft">0</span>
          ) : (
            <Link href={jobsOf(state)} aria-label={`${counts[state]} ${state} in ${name}`}>
              {compact(counts[state])}
            </Link>
          )}
        </Cell>
      ))}
      <Cell name="Oldest waits" right>
        {counts.queued === 0 ? <span className="soft">–</span> : duration(latencyMs)}
      </Cell>
      <Cell name="Jobs/s" right>
        {rate(throughputPerSecond)}
        {failureRate !== undefined && failureRate > 0 && (
          <span className="bad-text"> {share(failureRate)} failed</span>
        )}
      </Cell>
      <Cell name="Slots in use" right>
        <Slots inUse={slotsInUse} of={slots} />
      </Cell>
      <Cell className="narrow acts">
        <QueueActions queue={queue} />
      </Cell>
    </tr>
  );
}

function Slots({ inUse, of }: { readonly inUse: number; readonly of: number }) {
  if (of === 0) return <span className="soft">–</span>;
  return (
    <span className="slots">
      {inUse} of {of}
      <Meter value={inUse} of={of} />
    </span>
  );
}

/** What is out of the ordinary, or who works on it. */
function QueueNote({ queue: { paused, workers, counts } }: { readonly queue: QueueRow }) {
  if (paused)
    return (
      <span className="tag tag-paused">
        <Icon name="paused" size={11} />
        paused
      </span>
    );
  if (workers > 0) return <span className="soft">{some(workers, 'worker')}</span>;
  const waits = counts.queued + counts.retrying > 0;
  return <span className={waits ? 'tag tag-bad' : 'tag'}>no worker</span>;
}
