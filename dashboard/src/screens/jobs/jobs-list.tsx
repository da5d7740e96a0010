import { useState } from 'react';
import type { JobAction } from '#contract';
import { BulkDialog } from '../../bulk/bulk-dialog.js';
import type { Target } from '../../bulk/target.js';
import { JobsEmpty } from './jobs-empty.js';
import { JobsTable } from './jobs-table.js';
import { Pager } from './pager.js';
import { ScanBar } from './scan-bar.js';
import { SelectionBar } from './selection-bar.js';
import type { JobFilter, JobPages } from './use-job-pages.js';
import { useSelection } from './use-selection.js';

interface JobsListProps {
  readonly pages: JobPages;
  readonly filter: JobFilter;
}

interface Asked {
  readonly action: JobAction;
  readonly target: Target;
}

export function JobsList({ pages, filter }: JobsListProps) {
  const { items, query, scans } = pages;
  const selection = useSelection(items);
  const [asked, setAsked] = useState<Asked>();
  const { state, q } = filter;
  const ask = (action: JobAction) => {
    const ids = selection.picked.map(({ id }) => id);
    setAsked({ action, target: selection.all ? { state, q } : { state, ids } });
  };
  return (
    <>
      <ScanBar pages={pages} q={q} />
      {(selection.all || selection.picked.length > 0) && (
        <SelectionBar
          selection={selection}
          state={state}
          more={pages.next !== undefined || filter.cursor !== undefined}
          onAct={ask}
        />
      )}
      {items.length > 0 && <JobsTable items={items} state={state} selection={selection} />}
      {items.length === 0 && query.isSuccess && !scans && <JobsEmpty filter={filter} />}
      <Pager pages={pages} filter={filter} />
      {asked && (
        <BulkDialog
          {...asked}
          onClose={() => {
            setAsked(undefined);
            selection.clear();
          }}
        />
      )}
    </>
  );
}
