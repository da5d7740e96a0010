import type { JobDetail } from '#contract';
import { Link } from '../../shell/link.js';
import { hrefOf, jobHref, workflowHref } from '../../shell/place.js';
import { Panel } from '../../ui/panel.js';

/** What it belongs to, and what comes after it. */
export function Relations({ job }: { readonly job: JobDetail }) {
  const { groupId, chainId, scheduleId, position, onSuccessIds, onErrorIds } = job;
  const place = position === undefined ? '' : `, ${position.index} of ${position.of}`;
  const isAlone = groupId === undefined && chainId === undefined && scheduleId === undefined;
  if (isAlone && onSuccessIds.length === 0 && onErrorIds.length === 0) return null;
  return (
    <Panel title="Belongs to">
      <dl className="facts">
        {groupId !== undefined && (
          <Relation name={`Group${place}`} href={workflowHref(groupId)} text={groupId} />
        )}
        {chainId !== undefined && (
          <Relation
            name={`Chain${groupId === undefined ? place : ''}`}
            href={workflowHref(chainId)}
            text={chainId}
          />
        )}
        {scheduleId !== undefined && (
          <Relation name="Schedule" href={hrefOf('schedules')} text={scheduleId} />
        )}
        {onSuccessIds.map((id) => (
          <Relation key={id} name="On success" href={jobHref(id)} text={id} />
        ))}
        {onErrorIds.map((id) => (
          <Relation key={id} name="On error" href={jobHref(id)} text={id} />
        ))}
      </dl>
    </Panel>
  );
}

function Relation({ name, href, text }: { name: string; href: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Link href={href} className="id">
          {text}
        </Link>
      </dd>
    </div>
  );
}
