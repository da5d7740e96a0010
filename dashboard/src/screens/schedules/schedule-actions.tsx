import { useState } from 'react';
import type { Created, ScheduleRow } from '#contract';
import { schedulePath } from '../../api/paths.js';
import { post, remove } from '../../api/request.js';
import { useAct } from '../../api/use-act.js';
import { useRights } from '../../api/use-rights.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';

export function ScheduleActions({ schedule: { id, paused } }: { readonly schedule: ScheduleRow }) {
  const can = useRights();
  const [asks, setAsks] = useState(false);
  const verb = paused ? 'resume' : 'pause';
  const pause = useAct({
    act: () => post(schedulePath(id, verb)),
    done: () => (paused ? `${id} runs again.` : `${id} is paused.`),
  });
  const run = useAct({
    act: () => post<Created>(schedulePath(id, 'run-now')),
    done: () => `${id} runs now.`,
  });
  const drop = useAct({ act: () => remove(schedulePath(id)), done: () => `${id} is removed.` });
  return (
    <span className="acts-row">
      {can('schedule.run-now') && (
        <Button icon="run-now" label={`Run now: ${id}`} onClick={() => run.mutate()}>
          Run now
        </Button>
      )}
      {can(`schedule.${verb}`) && (
        <Button
          icon={verb}
          label={`${paused ? 'Resume' : 'Pause'} ${id}`}
          disabled={pause.isPending}
          onClick={() => pause.mutate()}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
      )}
      {can('schedule.remove') && (
        <Button icon="delete" label={`Remove ${id}`} onClick={() => setAsks(true)} />
      )}
      {asks && (
        <Confirm
          title="Remove 1 schedule?"
          yes="Remove 1 schedule"
          danger
          onYes={() => drop.mutate()}
          onClose={() => setAsks(false)}
        >
          <p>
            <strong>{id}</strong> has no more slots. Runs there are go on. One that a task declares
            comes back when the application starts again.
          </p>
        </Confirm>
      )}
    </span>
  );
}
