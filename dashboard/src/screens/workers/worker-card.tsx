import { type ReactNode, useId } from 'react';
import type { WorkerRow } from '#contract';
import { Elapsed, Time } from '../../ui/time.js';
import { RunningJobs } from './running-jobs.js';
import { WorkerQueues } from './worker-queues.js';

/** A loop delayed by more than this keeps handlers and heartbeats waiting. */
const SLOW_LOOP_MS = 100;

export function WorkerCard({ worker }: { readonly worker: WorkerRow }) {
  const { host, pid, id, version, startedAt, eventLoopDelayMs, beatAt, fetchedAt } = worker;
  const titleId = useId();
  return (
    <li className="panel worker" aria-labelledby={titleId}>
      <header className="panel-head">
        <div>
          <h2 id={titleId}>
            {host}
            <span className="soft num">:{pid}</span>
          </h2>
          <p className="id">{id}</p>
        </div>
        <dl className="figures">
          <Figure name="Up for">
            <Elapsed since={startedAt} />
          </Figure>
          <Figure name="Heartbeat">
            <Time at={beatAt} />
          </Figure>
          {fetchedAt !== undefined && (
            <Figure name="Asked for jobs">
              <Time at={fetchedAt} />
            </Figure>
          )}
          {eventLoopDelayMs !== undefined && (
            <Figure name="Event loop" bad={eventLoopDelayMs > SLOW_LOOP_MS}>
              {eventLoopDelayMs.toFixed(1)} ms
            </Figure>
          )}
          {version !== undefined && <Figure name="Version">{version}</Figure>}
        </dl>
      </header>
      <div className="columns">
        <WorkerQueues queues={worker.queues} />
        <RunningJobs worker={worker} />
      </div>
    </li>
  );
}

function Figure({
  name,
  bad = false,
  children,
}: {
  name: string;
  bad?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={bad ? 'figure bad-text' : 'figure'}>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}
