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
  /** Fingerprints of those that are selected. */
  readonly picked: ReadonlySet<string>;
  readonly onPick: (fingerprint: string) => void;
  readonly onAct: Act;
}

export function FailuresTable({ groups, picked, onPick, onAct }: FailuresTableProps) {
  const selects = useRights()('job.retry');
  return (
    <Table label="Failures">
      <Head>
        {selects && (
          <Column className="narrow">
            <span className="hidden">Selected</span>
          </Column>
        )}
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
          <tr key={group.fingerprint} role="row">
            {selects && (
              <Cell className="narrow pick">
                <input
                  type="checkbox"
                  aria-label={`Select ${group.task}: ${group.message}`}
                  checked={picked.has(group.fingerprint)}
                  onChange={() => onPick(group.fingerprint)}
                />
              </Cell>
            )}
            <FailureCells group={group} onAct={onAct} />
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function FailureCells({ group, onAct }: { readonly group: FailureGroup; readonly onAct: Act }) {
  const { fingerprint, task, message, firstAt, lastAt, jobId } = group;
  return (
    <>
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
    </>
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
