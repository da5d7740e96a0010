import { count } from '../format/numbers.js';
import { Button } from '../ui/button.js';
import { Meter } from '../ui/meter.js';
import type { Counted, Progress } from './run-bulk.js';

export function Counting({ counted }: { readonly counted: Counted | undefined }) {
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

interface RunningProps {
  readonly progress: Progress;
  readonly of: number;
  readonly onStop: () => void;
}

export function Running({ progress, of, onStop }: RunningProps) {
  const past = progress.done + progress.skipped;
  return (
    <>
      <div className="dialog-body" role="status">
        <Meter value={past} of={of} />
        <p className="soft num">
          {count(past)} of {count(of)}
        </p>
      </div>
      <footer className="dialog-foot">
        <Button onClick={onStop}>Stop here</Button>
      </footer>
    </>
  );
}
