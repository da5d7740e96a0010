import type { ReactNode } from 'react';
import type { JobDetail } from '#contract';
import { duration } from '../../format/times.js';
import { Link } from '../../shell/link.js';
import { jobsHref } from '../../shell/place.js';
import { quoted } from '../../filter/qualifiers.js';
import { Icon } from '../../ui/icon.js';
import { Panel } from '../../ui/panel.js';
import { Time } from '../../ui/time.js';

export function Facts({ job }: { readonly job: JobDetail }) {
  const { queue, priority, timeoutMs, expiresAt, dueAt, headers, traceLink } = job;
  const names = Object.keys(headers).sort();
  return (
    <Panel title="Details">
      <dl className="facts">
        <Fact name="Queue">
          <Link href={jobsHref({ q: `queue:${quoted(queue)}`, state: job.state })}>{queue}</Link>
        </Fact>
        <Fact name="Priority">{priority}</Fact>
        {timeoutMs !== undefined && <Fact name="Timeout">{duration(timeoutMs)}</Fact>}
        {dueAt !== undefined && (
          <Fact name="Due">
            <Time at={dueAt} />
          </Fact>
        )}
        {expiresAt !== undefined && (
          <Fact name="Expires">
            <Time at={expiresAt} />
          </Fact>
        )}
        {traceLink !== undefined && (
          <Fact name="Trace">
            <a href={traceLink} target="_blank" rel="noreferrer">
              Open <Icon name="link" size={12} />
            </a>
          </Fact>
        )}
        {names.map((name) => (
          <Fact key={name} name={name}>
            <code>{headers[name]}</code>
          </Fact>
        ))}
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
