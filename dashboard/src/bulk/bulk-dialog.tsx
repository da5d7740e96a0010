import { useState } from 'react';
import type { JobAction } from '#contract';
import { count, some } from '../format/numbers.js';
import { Button } from '../ui/button.js';
import { Choice } from '../ui/choice.js';
import { Dialog } from '../ui/dialog.js';
import { Meter } from '../ui/meter.js';
import { Problem } from '../ui/problem.js';
import type { Counted, Progress } from './run-bulk.js';
import { ACTION_WORDS, jobsIn, type Target } from './target.js';
import { useBulk } from './use-bulk.js';

interface BulkDialogProps {
  readonly action: JobAction;
  readonly target: Target;
  /** Offers to go slowly. */
  readonly paced?: boolean;
  readonly onClose: () => void;
}

const RATES = [
  { value: '10', name: '10 a second' },
  { value: '100', name: '100 a second' },
  { value: 'full', name: 'As fast as possible' },
] as const;

/** Counts, asks with the number, does it in steps and says how far it is. */
export function BulkDialog({ action, target, paced = false, onClose }: BulkDialogProps) {
  const { phase, run, stop } = useBulk(action, target);
  const [rate, setRate] = useState<'10' | '100' | 'full'>(paced ? '100' : 'full');
  const { verb, doing, done, note } = ACTION_WORDS[action];
  switch (phase.at) {
    case 'counting':
      return (
        <Dialog title={`${verb}: counting`} onClose={onClose}>
          <Counting counted={phase.counted} />
        </Dialog>
      );
    case 'ready':
      return (
        <Dialog title={`${verb} ${jobsIn(phase.count, target.state)}?`} onClose={onClose}>
          <div className="dialog-body">
            <p>{phase.count === 0 ? 'Nothing matches any more.' : note}</p>
            {paced && phase.count > 0 && (
              <Choice label="How fast" options={RATES} value={rate} onChange={setRate} />
            )}
          </div>
          <footer className="dialog-foot">
            <Button onClick={onClose}>Keep as they are</Button>
            <Button
              tone={action === 'delete' || action === 'cancel' ? 'danger' : 'main'}
              disabled={phase.count === 0}
              onClick={() => void run(phase.count, rate === 'full' ? undefined : Number(rate))}
            >
              {`${verb} ${count(phase.count)}`}
            </Button>
          </footer>
        </Dialog>
      );
    case 'running':
      return (
        <Dialog title={`${doing} ${jobsIn(phase.count, target.state)}`} onClose={onClose}>
          <Running progress={phase.progress} of={phase.count} />
          <footer className="dialog-foot">
            <Button onClick={stop}>Stop here</Button>
          </footer>
        </Dialog>
      );
    case 'done':
      return (
        <Dialog title={phase.stopped ? 'Stopped' : 'Done'} onClose={onClose}>
          <p className="dialog-body" role="status">
            {some(phase.progress.done, 'job')} {done}.
            {phase.progress.skipped > 0 &&
              ` ${count(phase.progress.skipped)} had changed meanwhile and were left alone.`}
          </p>
          <footer className="dialog-foot">
            <Button tone="main" onClick={onClose}>
              Close
            </Button>
          </footer>
        </Dialog>
      );
    case 'failed':
      return (
        <Dialog title={`${verb}: not done`} onClose={onClose}>
          <Problem error={phase.error} />
        </Dialog>
      );
  }
}

function Counting({ counted }: { readonly counted: Counted | undefined }) {
  return (
    <div className="dialog-body" role="status">
      <Meter value={counted?.looked ?? 0} of={counted?.of ?? 1} />
      <p className="soft num">
        {counted
          ? `Looked at ${count(counted.looked)} of ${count(counted.of)}: ${count(counted.matched)} match so far.`
          : 'Counting what matches.'}
      </p>
    </div>
  );
}

function Running({ progress, of }: { readonly progress: Progress; readonly of: number }) {
  const past = progress.done + progress.skipped;
  return (
    <div className="dialog-body" role="status">
      <Meter value={past} of={of} />
      <p className="soft num">
        {count(past)} of {count(of)}
      </p>
    </div>
  );
}
