import type { JobAction } from '#contract';
import { count, some } from '../format/numbers.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Problem } from '../ui/problem.js';
import { BulkQuestion } from './bulk-question.js';
import { Counting, Running } from './bulk-progress.js';
import { ACTION_WORDS, jobsIn, type Target } from './target.js';
import { type BulkPhase, useBulk } from './use-bulk.js';

interface BulkDialogProps {
  readonly action: JobAction;
  readonly target: Target;
  /** Offers to go slowly. */
  readonly paced?: boolean;
  readonly onClose: () => void;
}

/** Counts, asks with the number, does it in steps and says how far it is. */
export function BulkDialog({ action, target, paced = false, onClose }: BulkDialogProps) {
  const { phase, run, stop } = useBulk(action, target);
  return (
    <Dialog title={titleOf(phase, action, target)} onClose={onClose}>
      {phase.at === 'counting' && <Counting counted={phase.counted} />}
      {phase.at === 'ready' && (
        <BulkQuestion
          action={action}
          count={phase.count}
          paced={paced}
          onYes={(perSecond) => void run(phase.count, perSecond)}
          onNo={onClose}
        />
      )}
      {phase.at === 'running' && (
        <Running progress={phase.progress} of={phase.count} onStop={stop} />
      )}
      {phase.at === 'done' && <Ended phase={phase} action={action} onClose={onClose} />}
      {phase.at === 'failed' && <Problem error={phase.error} />}
    </Dialog>
  );
}

function titleOf(phase: BulkPhase, action: JobAction, target: Target): string {
  const { verb, doing } = ACTION_WORDS[action];
  switch (phase.at) {
    case 'counting':
      return `${verb}: counting`;
    case 'ready':
      return `${verb} ${jobsIn(phase.count, target.state)}?`;
    case 'running':
      return `${doing} ${jobsIn(phase.count, target.state)}`;
    case 'done':
      return phase.stopped ? 'Stopped' : 'Done';
    case 'failed':
      return `${verb}: not done`;
    default:
      return verb;
  }
}

interface EndedProps {
  readonly phase: Extract<BulkPhase, { at: 'done' }>;
  readonly action: JobAction;
  readonly onClose: () => void;
}

function Ended({ phase: { progress }, action, onClose }: EndedProps) {
  const { done, skipped } = progress;
  return (
    <>
      <p className="dialog-body" role="status">
        {some(done, 'job')} {ACTION_WORDS[action].done}.
        {skipped > 0 && ` ${count(skipped)} had changed meanwhile and were left alone.`}
      </p>
      <footer className="dialog-foot">
        <Button tone="main" onClick={onClose}>
          OK
        </Button>
      </footer>
    </>
  );
}
