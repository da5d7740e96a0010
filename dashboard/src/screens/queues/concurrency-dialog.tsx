import { type SubmitEvent, useState } from 'react';
import type { QueueRow } from '#contract';
import { queuePath } from '../../api/paths.js';
import { post } from '../../api/request.js';
import { useAct } from '../../api/use-act.js';
import { some } from '../../format/numbers.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';

const MOST = 10_000;

interface ConcurrencyDialogProps {
  readonly queue: QueueRow;
  readonly onClose: () => void;
}

export function ConcurrencyDialog({ queue, onClose }: ConcurrencyDialogProps) {
  const { name, workers } = queue;
  const { text, setText, isRight, submit } = useConcurrency({ queue, onClose });
  return (
    <Dialog title={`Concurrency of ${name}`} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="dialog-body">
          <Field
            label="Jobs at once in each worker process"
            hint={`${some(workers, 'worker process', 'worker processes')} now. It lasts until they restart.`}
            error={isRight ? undefined : `A whole number from 1 to ${MOST}`}
          >
            {(ids) => (
              <input
                {...ids}
                inputMode="numeric"
                value={text}
                aria-invalid={!isRight}
                onChange={({ target }) => setText(target.value)}
              />
            )}
          </Field>
        </div>
        <footer className="dialog-foot">
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" tone="main" disabled={!isRight}>
            Change
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function useConcurrency({ queue: { name, workers, slots }, onClose }: ConcurrencyDialogProps) {
  const [text, setText] = useState(`${Math.max(1, Math.round(slots / Math.max(1, workers)))}`);
  const value = Number(text);
  const isRight = Number.isInteger(value) && value >= 1 && value <= MOST;
  const { mutate } = useAct({
    act: () => post(queuePath(name, 'concurrency'), { concurrency: value }),
    done: () => `${name} runs ${some(value, 'job')} at once in each worker process.`,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isRight) return;
    onClose();
    mutate();
  };
  return { text, setText, isRight, submit };
}
