import { useQueries } from '@tanstack/react-query';
import type { JobRow, JobsPage, JobState } from '#contract';
import { LIVE } from '../../api/queries.js';
import { get } from '../../api/request.js';
import { Link } from '../../shell/link.js';
import { workflowHref } from '../../shell/place.js';
import { Empty } from '../../ui/empty.js';
import { Panel } from '../../ui/panel.js';
import { StateMark } from '../../ui/state-mark.js';
import { Cell, Column, Head, Table } from '../../ui/table.js';
import { Time } from '../../ui/time.js';

/** Failed ones first: they are looked for most. */
const LOOKED_AT: readonly JobState[] = ['failed', 'processing', 'queued', 'successful'];
const EACH = '100';
const MOST = 30;

interface Recent {
  readonly id: string;
  readonly kind: 'Group' | 'Chain';
  /** A job of it. */
  readonly job: JobRow;
}

export function RecentWorkflows() {
  const lists = useQueries({
    queries: LOOKED_AT.map((state) => ({
      queryKey: [LIVE, 'jobs', 'recent', state],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<JobsPage>('jobs', { state, limit: EACH }, signal),
    })),
  });
  const found = recentOf(lists.flatMap(({ data }) => data?.items ?? []));
  if (found.length === 0 && lists.some(({ isPending }) => isPending)) return null;
  return (
    <Panel title="Among the latest jobs">
      {found.length === 0 ? (
        <Empty icon="workflows" title="No group and no chain among the latest jobs">
          Make one with <code>client.enqueueGroup(group([…]))</code> or{' '}
          <code>client.enqueueChain(chain([…]))</code>, or enter an id above.
        </Empty>
      ) : (
        <RecentTable found={found} />
      )}
    </Panel>
  );
}

function recentOf(jobs: readonly JobRow[]): Recent[] {
  const found = new Map<string, Recent>();
  for (const job of jobs)
    for (const [kind, id] of [
      ['Chain', job.chainId],
      ['Group', job.groupId],
    ] as const)
      if (id !== undefined && !found.has(id)) found.set(id, { id, kind, job });
  return [...found.values()].slice(0, MOST);
}

function RecentTable({ found }: { readonly found: readonly Recent[] }) {
  return (
    <Table label="Groups and chains among the latest jobs">
      <Head>
        <Column>Id</Column>
        <Column>Kind</Column>
        <Column>A job of it</Column>
        <Column right>Enqueued</Column>
      </Head>
      <tbody role="rowgroup">
        {found.map(({ id, kind, job }) => (
          <tr key={id} role="row">
            <Cell className="lead">
              <Link href={workflowHref(id)} data-row-link>
                {id}
              </Link>
            </Cell>
            <Cell name="Kind">{kind}</Cell>
            <Cell name="A job of it">
              <span className="inline">
                {job.task} <StateMark state={job.state} />
              </span>
            </Cell>
            <Cell name="Enqueued" right>
              <Time at={job.enqueuedAt} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
