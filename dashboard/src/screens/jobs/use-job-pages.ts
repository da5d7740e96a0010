import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JobsPage, JobState } from '#contract';
import { LIVE } from '../../api/queries.js';
import { get } from '../../api/request.js';

export const PAGE = 50;

export interface JobFilter {
  readonly state: JobState | undefined;
  readonly q: string;
  /** Where this page begins; undefined: at the top. */
  readonly cursor: string | undefined;
}

interface Step {
  readonly cursor: string | undefined;
  readonly limit: number;
}

/**
 * One page of jobs. What no index answers comes in bounded steps, which go on by themselves until the
 * page is full, all has been looked at, or somebody stops them.
 */
export function useJobPages({ state, q, cursor }: JobFilter) {
  const scan = JSON.stringify([state, q, cursor]);
  const [stoppedScan, setStoppedScan] = useState<string>();
  const stopped = stoppedScan === scan;
  // A pulse refreshes a page that an index answers; a scan is begun anew by hand alone.
  const queryKey = [q === '' ? LIVE : 'scan', 'jobs', state, q, cursor];
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: { cursor, limit: PAGE },
    queryFn: ({ pageParam, signal }) =>
      get<JobsPage>(
        'jobs',
        { state, q, cursor: pageParam.cursor, limit: `${pageParam.limit}` },
        signal,
      ),
    getNextPageParam: ({ next }, pages): Step | undefined => {
      const missing = PAGE - itemsOf(pages).length;
      return next === undefined || missing <= 0 ? undefined : { cursor: next, limit: missing };
    },
  });
  const { data, hasNextPage, isFetching, fetchNextPage, error } = query;
  const scans = hasNextPage && !stopped && error === null;

  useEffect(() => {
    if (scans && !isFetching) void fetchNextPage();
  }, [scans, isFetching, fetchNextPage]);

  return {
    ...summaryOf(data?.pages ?? []),
    query,
    scans,
    stopped,
    stop: () => setStoppedScan(scan),
    goOn: () => setStoppedScan(undefined),
  };
}

/** Steps as one page. */
function summaryOf(steps: readonly JobsPage[]) {
  const last = steps.at(-1);
  return {
    items: itemsOf(steps),
    looked: steps.reduce((sum, { scanned }) => sum + scanned.looked, 0),
    of: last?.scanned.of ?? 0,
    counts: steps[0]?.counts,
    next: last?.next,
  };
}

const itemsOf = (pages: readonly JobsPage[]) => pages.flatMap(({ items }) => items);

export type JobPages = ReturnType<typeof useJobPages>;
