import type { QueueRow } from '#contract';
import { compact, rate } from '../../format/numbers.js';
import { duration } from '../../format/times.js';
import { Link } from '../../shell/link.js';
import { hrefOf, jobsHref } from '../../shell/place.js';
import { Empty } from '../../ui/empty.js';
import { Cell, Column, Head, Table } from '../../ui/table.js';
import { quoted } from '../../filter/qualifiers.js';

const MOST = 8;

/** The queues whose jobs wait longest. */
export function WaitingPanel({ queues }: { readonly queues: readonly QueueRow[] }) {
  const shown = queues.toSorted((a, b) => b.latencyMs - a.latencyMs).slice(0, MOST);
  return (
    <section className="panel" aria-labelledby="waiting-title">
      <header className="panel-head">
        <h2 id="waiting-title">Longest waits</h2>
        <Link href={hrefOf('queues')}>All queues</Link>
      </header>
      {shown.length === 0 ? (
        <Empty icon="queues" title="No queue yet">
          A queue shows here as soon as a worker takes it up or a job is put in it.
        </Empty>
      ) : (
        <WaitingTable queues={shown} />
      )}
    </section>
  );
}

function WaitingTable({ queues }: { readonly queues: readonly QueueRow[] }) {
  return (
    <Table label="Queues by waiting time">
      <Head>
        <Column>Queue</Column>
        <Column right>Waiting</Column>
        <Column right>Oldest waits</Column>
        <Column right>Jobs/s</Column>
      </Head>
      <tbody role="rowgroup">
        {queues.map(({ name, counts, latencyMs, throughputPerSecond, paused }) => (
          <tr key={name} role="row">
            <Cell className="lead">
              <Link href={jobsHref({ state: 'queued', q: `queue:${quoted(name)}` })}>{name}</Link>
              {paused && <span className="tag">paused</span>}
            </Cell>
            <Cell name="Waiting" right>
              {compact(counts.queued)}
            </Cell>
            <Cell name="Oldest waits" right>
              {counts.queued === 0 ? '–' : duration(latencyMs)}
            </Cell>
            <Cell name="Jobs/s" right>
              {rate(throughputPerSecond)}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
