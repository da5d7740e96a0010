import { useQueues } from '../../api/queries.js';
import { Empty } from '../../ui/empty.js';
import { Loaded } from '../../ui/loaded.js';
import { Screen } from '../../ui/screen.js';
import { Column, Head, Table } from '../../ui/table.js';
import { QueueLine } from './queue-line.js';

export function QueuesScreen() {
  const query = useQueues();
  return (
    <Screen title="Queues">
      <Loaded query={query}>
        {({ queues }) =>
          queues.length === 0 ? (
            <Empty icon="queues" title="No queue yet">
              Give a method of a provider the decorator <code>@Task('name')</code>, and its queue
              shows here once the application runs.
            </Empty>
          ) : (
            <Table label="Queues">
              <Head>
                <Column>Queue</Column>
                <Column right>Queued</Column>
                <Column right>Scheduled</Column>
                <Column right>Retrying</Column>
                <Column right>Failed</Column>
                <Column right>Oldest waits</Column>
                <Column right>Jobs/s</Column>
                <Column right>Slots in use</Column>
                <Column className="narrow">
                  <span className="hidden">Actions</span>
                </Column>
              </Head>
              <tbody role="rowgroup">
                {queues.map((queue) => (
                  <QueueLine key={queue.name} queue={queue} />
                ))}
              </tbody>
            </Table>
          )
        }
      </Loaded>
    </Screen>
  );
}
