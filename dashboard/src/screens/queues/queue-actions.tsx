import { useState } from 'react';
import type { Cleared, QueueRow } from '#contract';
import { queuePath } from '../../api/paths.js';
import { post } from '../../api/request.js';
import { useAct } from '../../api/use-act.js';
import { useRights } from '../../api/use-rights.js';
import { some } from '../../format/numbers.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { ConcurrencyDialog } from './concurrency-dialog.js';

export function QueueActions({ queue }: { readonly queue: QueueRow }) {
  const can = useRights();
  const [asked, setAsked] = useState<'clear' | 'concurrency'>();
  const close = () => setAsked(undefined);
  const { name } = queue;
  return (
    <span className="acts-row">
      <PauseButton queue={queue} />
      {can('queue.concurrency') && queue.workers > 0 && (
        <Button
          icon="sliders"
          label={`Change concurrency of ${name}`}
          onClick={() => setAsked('concurrency')}
        />
      )}
      {can('queue.clear') && (
        <Button icon="delete" label={`Clear ${name}`} onClick={() => setAsked('clear')} />
      )}
      {asked === 'clear' && <ClearDialog queue={queue} onClose={close} />}
      {asked === 'concurrency' && <ConcurrencyDialog queue={queue} onClose={close} />}
    </span>
  );
}

function PauseButton({ queue: { name, paused } }: { readonly queue: QueueRow }) {
  const can = useRights();
  const verb = paused ? 'resume' : 'pause';
  const { mutate, isPending } = useAct({
    act: () => post(queuePath(name, verb)),
    done: () => (paused ? `${name} runs again.` : `${name} is paused: what runs runs to its end.`),
  });
  if (!can(`queue.${verb}`)) return null;
  return (
    <Button
      icon={verb}
      label={`${paused ? 'Resume' : 'Pause'} ${name}`}
      disabled={isPending}
      onClick={() => mutate()}
    />
  );
}

function ClearDialog({ queue, onClose }: { queue: QueueRow; onClose: () => void }) {
  const { name, counts } = queue;
  const waiting = counts.queued + counts.scheduled + counts.retrying;
  const { mutate } = useAct({
    act: () => post<Cleared>(queuePath(name, 'clear')),
    done: ({ deleted }) => `${some(deleted, 'job')} deleted from ${name}.`,
  });
  return (
    <Confirm
      title={`Delete ${some(waiting, 'waiting job')}?`}
      yes={`Delete ${some(waiting, 'job')}`}
      danger
      onYes={() => mutate()}
      onClose={onClose}
    >
      <p>
        All that waits in <strong>{name}</strong> goes away for good. What runs goes on.
      </p>
    </Confirm>
  );
}
