import { useState } from 'react';
import type { JobRow } from '#contract';

/** Which jobs are picked: some on this page, or all that match. */
export function useSelection(items: readonly JobRow[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  // A row that has left the page is not picked any more: nobody sees it.
  const picked = items.filter(({ id }) => ids.has(id));
  const clear = () => {
    setIds(new Set());
    setAll(false);
  };
  return {
    picked,
    all,
    has: (id: string) => all || ids.has(id),
    wholePage: items.length > 0 && picked.length === items.length,
    toggle: (id: string) => {
      const next = new Set(all ? items.map((item) => item.id) : ids);
      if (!next.delete(id)) next.add(id);
      setIds(next);
      setAll(false);
    },
    togglePage: () => {
      if (all || picked.length === items.length) clear();
      else setIds(new Set(items.map(({ id }) => id)));
    },
    pickAll: () => setAll(true),
    clear,
  };
}

export type Selection = ReturnType<typeof useSelection>;
