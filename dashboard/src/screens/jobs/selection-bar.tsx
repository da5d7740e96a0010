import type { JobAction, JobState } from '#contract';
import { useRights } from '../../api/use-rights.js';
import { ACTION_WORDS, jobsIn } from '../../bulk/target.js';
import { Button } from '../../ui/button.js';
import type { Selection } from './use-selection.js';

/** What may be done with jobs of a state; with those of any state whatever their rows allow. */
const ACTIONS: Readonly<Record<JobState, readonly JobAction[]>> = {
  queued: ['cancel', 'delete'],
  scheduled: ['run-now', 'cancel', 'delete'],
  retrying: ['run-now', 'cancel', 'delete'],
  processing: ['cancel'],
  successful: ['delete'],
  failed: ['retry', 'delete'],
  cancelled: ['retry', 'delete'],
};

const EVERY_ACTION: readonly JobAction[] = ['retry', 'run-now', 'cancel', 'delete'];

interface SelectionBarProps {
  readonly selection: Selection;
  readonly state: JobState | undefined;
  /** There are more than this page shows. */
  readonly more: boolean;
  readonly onAct: (action: JobAction) => void;
}

export function SelectionBar({ selection, state, more, onAct }: SelectionBarProps) {
  const can = useRights();
  const { picked, all, wholePage, pickAll, clear } = selection;
  const actions = state === undefined ? EVERY_ACTION : ACTIONS[state];
  return (
    <div className="selection" role="region" aria-label="Selected jobs">
      <p role="status">
        {all ? 'All jobs that match are selected' : `${jobsIn(picked.length, state)} selected`}
      </p>
      {!all && wholePage && more && (
        <Button tone="plain" onClick={pickAll}>
          Select all that match
        </Button>
      )}
      <span className="spring" />
      {actions
        .filter((action) => can(`job.${action}`))
        .map((action) => (
          <Button
            key={action}
            icon={action}
            tone={action === 'delete' ? 'danger' : 'plain'}
            onClick={() => onAct(action)}
          >
            {ACTION_WORDS[action].verb}
          </Button>
        ))}
      <Button icon="close" label="Clear the selection" onClick={clear} />
    </div>
  );
}
