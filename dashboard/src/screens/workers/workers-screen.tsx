import { useWorkers } from '../../api/queries.js';
import { Empty } from '../../ui/empty.js';
import { Loaded } from '../../ui/loaded.js';
import { Screen } from '../../ui/screen.js';
import { WorkerCard } from './worker-card.js';

export function WorkersScreen() {
  const query = useWorkers();
  return (
    <Screen title="Workers">
      <Loaded query={query}>
        {({ workers }) =>
          workers.length === 0 ? (
            <Empty icon="workers" title="No worker is alive">
              Start the application with <code>role: 'both'</code> or <code>'worker'</code>. Nothing
              runs until then; what is enqueued waits.
            </Empty>
          ) : (
            <ul className="cards">
              {workers.map((worker) => (
                <WorkerCard key={worker.id} worker={worker} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Screen>
  );
}
