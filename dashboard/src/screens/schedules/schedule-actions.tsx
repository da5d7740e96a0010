import { useState } from 'react';
import type { Created, ScheduleRow } from '#contract';
import { schedulePath } from '../../api/paths.js';
import { post, remove } from '../../api/request.js';
import { useAct } from '../../api/use-act.js';
import { useRights } from '../../api/use-rights.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';

interface ScheduleProps {
  readonly schedule: ScheduleRow;
}

export function ScheduleActions({ schedule }: ScheduleProps) {
  return (
    <span className="acts-row">
      <RunButton schedule={schedule} />
      <PauseButton schedule={schedule} />
      <RemoveButton schedule={schedule} />
    </span>
  );
}

function RunButton({ schedule: { id } }: ScheduleProps) {
  const can = useRights();
  const { mutate } = useAct({
    act: () => post<Created>(schedulePath(id, 'run-now')),
    done: () => `${id} runs now.`,
  });
  if (!can('schedule.run-now')) return null;
  return (
    <Button icon="run-now" label={`Run now: ${id}`} onClick={() => mutate()}>
      Run now
    </Button>
  );
}

function PauseButton({ schedule: { id, paused } }: ScheduleProps) {
  const can = useRights();
  const verb = paused ? 'resume' : 'pause';
  const word = paused ? 'Resume' : 'Pause';
  const { mutate, isPending } = useAct({
    act: () => post(schedulePath(id, verb)),
    done: () => (paused ? `${id} runs again.` : `${id} is paused.`),
  });
  if (!can(`schedule.${verb}`)) return null;
  return (
    <Button icon={verb} label={`${word} ${id}`} disabled={isPending} onClick={() => mutate()}>
      {word}
    </Button>
  );
}

function RemoveButton({ schedule: { id } }: ScheduleProps) {
  const can = useRights();
  const [asks, setAsks] = useState(false);
  const { mutate } = useAct({
    act: () => remove(schedulePath(id)),
    done: () => `${id} is removed.`,
  });
  if (!can('schedule.remove')) return null;
  return (
    <>
      <Button icon="delete" label={`Remove ${id}`} onClick={() => setAsks(true)} />
      {asks && (
        <Confirm
          title="Remove 1 schedule?"
          yes="Remove 1 schedule"
          danger
          onYes={() => mutate()}
          onClose={() => setAsks(false)}
        >
          <p>
            <strong>{id}</strong> has no more slots. Runs that have begun go on. A schedule that a
            task declares comes back when the application starts again.
          </p>
        </Confirm>
      )}
    </>
  );
}
