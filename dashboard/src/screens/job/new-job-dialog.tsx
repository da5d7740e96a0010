import { type SubmitEvent, useState } from 'react';
import type { Created, JobDetail, NewJob } from '#contract';
import { useVisitor } from '../../api/queries.js';
import { post } from '../../api/request.js';
import { useAct } from '../../api/use-act.js';
import { go, jobHref } from '../../shell/place.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { type Draft, type DraftErrors, draftOf, readDraft } from './draft.js';
import { DraftFields } from './draft-fields.js';

interface NewJobDialogProps {
  /** The one it is a copy of. */
  readonly from?: JobDetail | undefined;
  readonly onClose: () => void;
}

/** A job of one's own, or an edited copy of one. */
export function NewJobDialog({ from, onClose }: NewJobDialogProps) {
  const tasks = useVisitor().data?.tasks ?? [];
  const { draft, errors, change, submit, isPending } = useDraft({ from, onClose });
  const hidden = from?.payload.redacted ?? [];
  return (
    <Dialog title={from ? `Duplicate ${from.task}` : 'New job'} onClose={onClose} wide>
      <form onSubmit={submit} noValidate>
        <div className="dialog-body">
          {hidden.length > 0 && (
            <p className="form-note">
              Hidden values are copied as they are, unless you write over them:{' '}
              {hidden.map((path) => (
                <code key={path}>{path}</code>
              ))}
            </p>
          )}
          <DraftFields draft={draft} errors={errors} tasks={tasks} onChange={change} />
        </div>
        <footer className="dialog-foot">
          <Button onClick={onClose}>Discard</Button>
          <Button type="submit" tone="main" disabled={isPending}>
            Enqueue
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function useDraft({ from, onClose }: NewJobDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(from));
  const [errors, setErrors] = useState<DraftErrors>({});
  const { mutate, isPending } = useAct({
    act: (job: NewJob) => post<Created>('jobs', { ...job, copyOf: from?.id }),
    done: ({ id }) => {
      onClose();
      go(jobHref(id));
      return 'Enqueued.';
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const read = readDraft(draft);
    setErrors('errors' in read ? read.errors : {});
    if ('job' in read) mutate(read.job);
  };
  const change = (field: keyof Draft, value: string) => setDraft({ ...draft, [field]: value });
  return { draft, errors, change, submit, isPending };
}
