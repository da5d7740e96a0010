import { Link } from '../shell/link.js';
import { hrefOf, usePlace } from '../shell/place.js';
import { Empty } from '../ui/empty.js';
import { Screen } from '../ui/screen.js';
import { FailuresScreen } from './failures/failures-screen.js';
import { JobScreen } from './job/job-screen.js';
import { JobsScreen } from './jobs/jobs-screen.js';
import { OverviewScreen } from './overview/overview-screen.js';
import { QueuesScreen } from './queues/queues-screen.js';
import { SchedulesScreen } from './schedules/schedules-screen.js';
import { WorkersScreen } from './workers/workers-screen.js';
import { WorkflowScreen } from './workflows/workflow-screen.js';
import { WorkflowsScreen } from './workflows/workflows-screen.js';

/** The screen that the address names. */
export function Routes() {
  const { screen, id } = usePlace();
  switch (screen) {
    case '':
      return <OverviewScreen />;
    case 'queues':
      return <QueuesScreen />;
    case 'jobs':
      return id === undefined ? <JobsScreen /> : <JobScreen key={id} id={id} />;
    case 'failures':
      return <FailuresScreen />;
    case 'schedules':
      return <SchedulesScreen />;
    case 'workflows':
      return id === undefined ? <WorkflowsScreen /> : <WorkflowScreen key={id} id={id} />;
    case 'workers':
      return <WorkersScreen />;
    default:
      return <Nowhere />;
  }
}

function Nowhere() {
  return (
    <Screen title="Nothing here">
      <Empty icon="search" title="The dashboard has no such page">
        Go back to the <Link href={hrefOf('')}>overview</Link>.
      </Empty>
    </Screen>
  );
}
