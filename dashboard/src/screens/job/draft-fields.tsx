import { useId } from 'react';
import { Field } from '../../ui/field.js';
import type { Draft, DraftErrors } from './draft.js';

interface DraftFieldsProps {
  readonly draft: Draft;
  readonly errors: DraftErrors;
  readonly tasks: readonly string[];
  readonly onChange: (field: keyof Draft, value: string) => void;
}

type Short = 'id' | 'queue' | 'priority' | 'maxRetries' | 'delaySeconds';

const SHORT: readonly { field: Short; label: string; hint: string }[] = [
  { field: 'queue', label: 'Queue', hint: "Empty: the task's own" },
  { field: 'id', label: 'Id', hint: 'Empty: a new one' },
  { field: 'priority', label: 'Priority', hint: 'Higher goes first' },
  { field: 'maxRetries', label: 'Retries', hint: "Empty: the task's own" },
  { field: 'delaySeconds', label: 'Delay, s', hint: 'Empty: at once' },
];

export function DraftFields({ draft, errors, tasks, onChange }: DraftFieldsProps) {
  const listId = useId();
  return (
    <>
      <Field label="Task" error={errors.task}>
        {(ids) => (
          <input
            {...ids}
            list={listId}
            value={draft.task}
            aria-invalid={errors.task !== undefined}
            onChange={({ target }) => onChange('task', target.value)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {tasks.map((task) => (
          <option key={task}>{task}</option>
        ))}
      </datalist>
      <JsonField field="payload" label="Payload, as JSON" {...{ draft, errors, onChange }} />
      <div className="fields">
        {SHORT.map(({ field, label, hint }) => (
          <Field key={field} label={label} hint={hint} error={errors[field]}>
            {(ids) => (
              <input
                {...ids}
                value={draft[field]}
                aria-invalid={errors[field] !== undefined}
                onChange={({ target }) => onChange(field, target.value)}
              />
            )}
          </Field>
        ))}
      </div>
      <JsonField field="headers" label="Headers, as JSON" {...{ draft, errors, onChange }} />
    </>
  );
}

interface JsonFieldProps extends Omit<DraftFieldsProps, 'tasks'> {
  readonly field: 'payload' | 'headers';
  readonly label: string;
}

function JsonField({ field, label, draft, errors, onChange }: JsonFieldProps) {
  const rows = Math.min(16, Math.max(field === 'payload' ? 5 : 2, draft[field].split('\n').length));
  return (
    <Field label={label} error={errors[field]}>
      {(ids) => (
        <textarea
          {...ids}
          rows={rows}
          spellCheck={false}
          value={draft[field]}
          aria-invalid={errors[field] !== undefined}
          onChange={({ target }) => onChange(field, target.value)}
        />
      )}
    </Field>
  );
}
