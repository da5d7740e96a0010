import { useState } from 'react';
import type { FailureGroup, JobAction } from '#contract';
import { useRights } from '../../api/use-rights.js';
import { BulkDialog } from '../../bulk/bulk-dialog.js';
import { FilterBar } from '../../filter/filter-bar.js';
import { count } from '../../format/numbers.js';
import { go, hrefOf, usePlace } from '../../shell/place.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Meter } from '../../ui/meter.js';
import { Problem } from '../../ui/problem.js';
import { Screen } from '../../ui/screen.js';
import { FailuresTable } from './failures-table.js';
import { useFailures } from './use-failures.js';

interface Asked {
  readonly action: JobAction;
  /** Each for one fingerprint, or one for all. */
  readonly filters: readonly string[];
}

export function FailuresScreen() {
  const q = usePlace().parameters.get('q') ?? '';
  const can = useRights();
  const failures = useFailures(q);
  const { groups, query, scans } = failures;
  const { picked, pick, asked, ask, retry, close } = useChoice(groups, q);
  return (
    <Screen
      title="Failures"
      side={
        groups.length > 0 &&
        can('job.retry') && (
          <Button icon="retry" onClick={retry}>
            {picked.size > 0 ? 'Retry selected' : 'Retry all'}
          </Button>
        )
      }
    >
      <FilterBar q={q} onFilter={(wanted) => go(hrefOf('failures', undefined, { q: wanted }))} />
      <FailuresScan failures={failures} />
      {query.error && <Problem error={query.error} retry={() => void query.refetch()} />}
      {groups.length > 0 && (
        <FailuresTable groups={groups} picked={picked} onPick={pick} onAct={ask} />
      )}
      {groups.length === 0 && query.isSuccess && !scans && <NoFailures q={q} />}
      {asked && (
        <BulkDialog
          action={asked.action}
          target={{ state: 'failed', anyOf: asked.filters }}
          paced={asked.action === 'retry'}
          onClose={close}
        />
      )}
    </Screen>
  );
}

/** Which groups are selected, and what was asked for: the selected ones, without a selection all. */
function useChoice(groups: readonly FailureGroup[], q: string) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked>();
  const filterOf = (fingerprint: string) => `fingerprint:${fingerprint} ${q}`.trim();
  // A group that is gone is not selected any more: nobody sees it.
  const shown = groups.map(({ fingerprint }) => fingerprint).filter((one) => chosen.has(one));
  return {
    picked: new Set(shown),
    pick: (fingerprint: string) => setChosen(toggled(chosen, fingerprint)),
    asked,
    ask: (action: JobAction, { fingerprint }: FailureGroup) => {
      setAsked({ action, filters: [filterOf(fingerprint)] });
    },
    retry: () => {
      setAsked({ action: 'retry', filters: shown.length > 0 ? shown.map(filterOf) : [q] });
    },
    close: () => setAsked(undefined),
  };
}

function toggled(all: ReadonlySet<string>, one: string): Set<string> {
  const next = new Set(all);
  if (!next.delete(one)) next.add(one);
  return next;
}

function FailuresScan({ failures }: { readonly failures: ReturnType<typeof useFailures> }) {
  const { looked, of, scans, stopped, query, stop, goOn } = failures;
  if (!query.data) return null;
  return (
    <div className="scan">
      {scans && <Meter value={looked} of={of} />}
      <p className="num" role="status">
        Looked at {count(Math.min(looked, of))} of {count(of)}
      </p>
      {scans && <Button onClick={stop}>Stop</Button>}
      {stopped && query.hasNextPage && <Button onClick={goOn}>Go on</Button>}
      {!scans && (
        <Button icon="retry" onClick={() => void query.refetch()}>
          Look again
        </Button>
      )}
    </div>
  );
}

function NoFailures({ q }: { readonly q: string }) {
  return q === '' ? (
    <Empty icon="successful" title="Nothing has failed">
      Jobs that used up their retries show here, those with the same error together.
    </Empty>
  ) : (
    <Empty icon="search" title="No failed job matches">
      Take a word out of the filter.
    </Empty>
  );
}
