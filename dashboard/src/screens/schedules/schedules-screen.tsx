import { useSchedules } from '../../api/queries.js';
import { Empty } from '../../ui/empty.js';
import { Loaded } from '../../ui/loaded.js';
import { Screen } from '../../ui/screen.js';
import { ScheduleCard } from './schedule-card.js';

export function SchedulesScreen() {
  const query = useSchedules();
  return (
    <Screen title="Schedules">
      <Loaded query={query}>
        {({ schedules }) =>
          schedules.length === 0 ? (
            <Empty icon="schedules" title="No schedules">
              A task with <code>{"{ schedule: '0 3 * * *' }"}</code> makes one, and so does a job
              that is enqueued with a schedule.
            </Empty>
          ) : (
            <ul className="cards">
              {schedules.map((schedule) => (
                <ScheduleCard key={schedule.id} schedule={schedule} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Screen>
  );
}
