import type { FailureGroup, JobAction } from '#contract';
import { useRights } from '../../api/use-rights.js';
import { count } from '../../format/numbers.js';
import { Link } from '../../shell/link.js';
import { jobHref, jobsHref } from '../../shell/place.js';
import { Button } from '../../ui/button.js';
import { Cell, Column, Head, Table } from '../../ui/table.js';
import { Time } from '../../ui/time.js';

type Act = (action: JobAction, group: FailureGroup) => void;

interface FailuresTableProps {
  readonly groups: readonly FailureGroup[];
  readonly onAct: Act;
}

export function FailuresTable({ groups, onAct }: FailuresTableProps) {
  return (
    <Table label="Failures">
      <Head>
        <Column>Error</Column>
        <Column right>Jobs</Column>
        <Column right>First seen</Column>
        <Column right>Last seen</Column>
        <Column className="narrow">
          <span className="hidden">Actions</span>
        </Column>
      </Head>
      <tbody role="rowgroup">
        {groups.map((group) => (
          <FailureLine key={group.fingerprint} group={group} onAct={onAct} />
        ))}
      </tbody>
    </Table>
  );
}

function FailureLine({ group, onAct }: { readonly group: FailureGroup; readonly onAct: Act }) {
  const { fingerprint, task, message, firstAt, lastAt, jobId } = group;
  return (
    <tr role="row">
      <Cell className="lead">
        <Link
          href={jobsHref({ state: 'failed', q: `fingerprint:${fingerprint}` })}
          className="error-title"
          data-row-link
        >
          {message}
        </Link>
        <span className="id">
          {task} · latest <Link href={jobHref(jobId)}>{jobId}</Link>
        </span>
      </Cell>
      <Cell name="Jobs" right>
        <strong>{count(group.count)}</strong>
      </Cell>
      <Cell name="First seen" right>
        <Time at={firstAt} />
      </Cell>
      <Cell name="Last seen" right>
        <Time at={lastAt} />
      </Cell>
      <Cell className="narrow acts">
        <FailureActions group={group} onAct={onAct} />
      </Cell>
    </tr>
  );
}

function FailureActions({ group, onAct }: { readonly group: FailureGroup; readonly onAct: Act }) {
  const can = useRights();
  const what = `${group.count} failed ${group.task}: ${group.message}`;
  return (
    <span className="acts-row">
      {can('job.retry') && (
        <Button icon="retry" label={`Retry ${what}`} onClick={() => onAct('retry', group)} />
      )}
      {can('job.delete') && (
        <Button icon="delete" label={`Delete ${what}`} onClick={() => onAct('delete', group)} />
      )}
    </span>
  );
}
