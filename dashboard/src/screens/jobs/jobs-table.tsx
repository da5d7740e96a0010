import type { JobRow, JobState } from '#contract';
import { useRights } from '../../api/use-rights.js';
import { Link } from '../../shell/link.js';
import { jobHref } from '../../shell/place.js';
import { StateMark } from '../../ui/state-mark.js';
import { Cell, Column, Head, Table } from '../../ui/table.js';
import { JobWhen, whenName } from './job-when.js';
import { RowActions } from './row-actions.js';
import type { Selection } from './use-selection.js';

interface JobsTableProps {
  readonly items: readonly JobRow[];
  readonly state: JobState | undefined;
  readonly selection: Selection;
}

export function JobsTable({ items, state, selection }: JobsTableProps) {
  const can = useRights();
  const acts = (['retry', 'cancel', 'delete', 'run-now'] as const).some((action) =>
    can(`job.${action}`),
  );
  return (
    <Table label="Jobs">
      <Head>
        {acts && <PageBox selection={selection} />}
        <Column>Job</Column>
        {state === undefined && <Column>State</Column>}
        <Column>Queue</Column>
        <Column right>Attempts</Column>
        <Column right>{whenName(state)}</Column>
        {acts && (
          <Column className="narrow">
            <span className="hidden">Actions</span>
          </Column>
        )}
      </Head>
      <tbody role="rowgroup">
        {items.map((job) => (
          <tr key={job.id} role="row" className={selection.has(job.id) ? 'is-picked' : undefined}>
            {acts && <RowBox job={job} selection={selection} />}
            <JobCells job={job} state={state} />
            {acts && (
              <Cell className="narrow acts">
                <RowActions job={job} />
              </Cell>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function PageBox({ selection }: { readonly selection: Selection }) {
  return (
    <Column className="narrow">
      <input
        type="checkbox"
        aria-label="Select all on this page"
        checked={selection.all || selection.wholePage}
        onChange={selection.togglePage}
      />
    </Column>
  );
}

function RowBox({ job, selection }: { readonly job: JobRow; readonly selection: Selection }) {
  return (
    <Cell className="narrow pick">
      <input
        type="checkbox"
        aria-label={`Select ${job.task} ${job.id}`}
        checked={selection.has(job.id)}
        onChange={() => selection.toggle(job.id)}
      />
    </Cell>
  );
}

function JobCells({ job, state }: { readonly job: JobRow; readonly state: JobState | undefined }) {
  const { id, task, queue, attempt, maxRetries, error } = job;
  return (
    <>
      <Cell className="lead">
        <Link href={jobHref(id)} data-row-link>
          {task}
        </Link>
        <span className="id">{id}</span>
        {error !== undefined && (
          <span className="error-line" title={error}>
            {error}
          </span>
        )}
      </Cell>
      {state === undefined && (
        <Cell name="State">
          <StateMark state={job.state} />
        </Cell>
      )}
      <Cell name="Queue">{queue}</Cell>
      <Cell name="Attempts" right>
        {attempt}
        <span className="soft"> of {maxRetries + 1}</span>
      </Cell>
      <Cell name={whenName(state)} right>
        <JobWhen job={job} />
      </Cell>
    </>
  );
}
