import type { WorkerRow } from '#contract';
import { count } from '../../format/numbers.js';
import { Link } from '../../shell/link.js';
import { jobHref } from '../../shell/place.js';
import { Elapsed } from '../../ui/time.js';

export function RunningJobs({ worker: { running, runningCount } }: { readonly worker: WorkerRow }) {
  const more = runningCount - running.length;
  return (
    <div>
      <h3>Running{runningCount > 0 && <span className="soft num"> {count(runningCount)}</span>}</h3>
      {running.length === 0 ? (
        <p className="soft">{runningCount === 0 ? 'Idle.' : 'Too short to be listed.'}</p>
      ) : (
        <ul className="slots-list">
          {running.map(({ id, task, startedAt }) => (
            <li key={id}>
              <Link href={jobHref(id)}>{task}</Link>
              <span className="id">{id}</span>
              <Elapsed since={startedAt} />
            </li>
          ))}
          {more > 0 && <li className="soft">and {count(more)} more</li>}
        </ul>
      )}
    </div>
  );
}
