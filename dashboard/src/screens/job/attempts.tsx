import type { JobAttempt, JobDetail } from '#contract';
import { duration } from '../../format/times.js';
import { Icon } from '../../ui/icon.js';
import { Panel } from '../../ui/panel.js';
import { Elapsed, Time } from '../../ui/time.js';

/** Every attempt, the latest first, with what went wrong in it. */
export function Attempts({ job }: { readonly job: JobDetail }) {
  const { attempts, maxRetries, retried, crashes } = job;
  return (
    <Panel
      title="Attempts"
      side={<p className="soft num">{summary(retried, maxRetries, crashes)}</p>}
    >
      {attempts.length === 0 ? (
        <p className="panel-note">It has not been started yet.</p>
      ) : (
        <ol className="attempts" reversed>
          {attempts.toReversed().map((attempt, index) => (
            <Attempt key={attempt.attempt} attempt={attempt} open={index === 0} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function summary(retried: number, maxRetries: number, crashes: number): string {
  const retries = `${retried} of ${maxRetries} retries used`;
  return crashes === 0 ? retries : `${retries}, its worker died ${crashes} times`;
}

const MARKS = {
  running: 'processing',
  successful: 'successful',
  failed: 'failed',
  cancelled: 'cancelled',
} as const;

function Attempt({ attempt, open }: { readonly attempt: JobAttempt; readonly open: boolean }) {
  const { state, error, stack } = attempt;
  return (
    <li className="attempt">
      <div className="attempt-head">
        <span className={`attempt-sign tint-${MARKS[state]}`}>
          <Icon name={MARKS[state]} size={12} />
        </span>
        <strong>
          Attempt {attempt.attempt} <span className="attempt-state">{state}</span>
        </strong>
        <AttemptTimes attempt={attempt} />
      </div>
      {error !== undefined && <p className="attempt-error">{error}</p>}
      {stack !== undefined && (
        <details open={open}>
          <summary>Stack</summary>
          <pre
            className="code stack"
            tabIndex={0}
            role="group"
            aria-label={`Stack of attempt ${attempt.attempt}`}
          >
            {stack}
          </pre>
        </details>
      )}
    </li>
  );
}

function AttemptTimes({ attempt }: { readonly attempt: JobAttempt }) {
  const { startedAt, endedAt, durationMs, worker, state } = attempt;
  const at = endedAt ?? startedAt;
  return (
    <span className="attempt-times soft">
      {state === 'running' && startedAt !== undefined && <Elapsed since={startedAt} />}
      {durationMs !== undefined && <span className="num">{duration(durationMs)}</span>}
      {at !== undefined && <Time at={at} />}
      {worker !== undefined && <span className="id">{worker}</span>}
    </span>
  );
}
