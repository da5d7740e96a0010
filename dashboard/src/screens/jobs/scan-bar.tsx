import { count } from '../../format/numbers.js';
import { Button } from '../../ui/button.js';
import { Meter } from '../../ui/meter.js';
import type { JobPages } from './use-job-pages.js';

/** How far a filter has looked, where it has to look at the jobs one by one. */
export function ScanBar({ pages, q }: { readonly pages: JobPages; readonly q: string }) {
  const { looked, of, scans, stopped, query, stop, goOn } = pages;
  if (q === '' || !query.data) return null;
  const canGoOn = stopped && query.hasNextPage;
  return (
    <div className="scan">
      {scans && <Meter value={looked} of={of} />}
      <p className="num" role="status">
        Looked at {count(Math.min(looked, of))} of {count(of)}
      </p>
      {scans && <Button onClick={stop}>Stop</Button>}
      {canGoOn && <Button onClick={goOn}>Go on</Button>}
      {!scans && !canGoOn && (
        <Button icon="retry" onClick={() => void query.refetch()}>
          Look again
        </Button>
      )}
    </div>
  );
}
