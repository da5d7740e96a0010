import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FailureGroup, Failures } from '#contract';
import { get } from '../../api/request.js';

/** Groups of all failed jobs, step by step; groups of one fingerprint are added up. */
export function useFailures(q: string) {
  const [stopped, setStopped] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['scan', 'failures', q],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => get<Failures>('failures', { q, cursor: pageParam }, signal),
    getNextPageParam: ({ next }) => next,
  });
  const { data, hasNextPage, isFetching, fetchNextPage, error } = query;
  const scans = hasNextPage && !stopped && error === null;
  useEffect(() => {
    if (scans && !isFetching) void fetchNextPage();
  }, [scans, isFetching, fetchNextPage]);

  const pages = data?.pages ?? [];
  return {
    query,
    groups: addUp(pages.flatMap(({ groups }) => groups)),
    looked: pages.reduce((sum, { scanned }) => sum + scanned.looked, 0),
    of: pages.at(-1)?.scanned.of ?? 0,
    scans,
    stopped,
    stop: () => setStopped(true),
    goOn: () => setStopped(false),
  };
}

/** Newest first, as the steps come. */
function addUp(groups: readonly FailureGroup[]): FailureGroup[] {
  const byFingerprint = new Map<string, FailureGroup>();
  for (const group of groups) {
    const known = byFingerprint.get(group.fingerprint);
    byFingerprint.set(group.fingerprint, known ? join(known, group) : group);
  }
  return [...byFingerprint.values()];
}

function join(a: FailureGroup, b: FailureGroup): FailureGroup {
  const latest = a.lastAt >= b.lastAt ? a : b;
  return {
    ...latest,
    count: a.count + b.count,
    firstAt: a.firstAt <= b.firstAt ? a.firstAt : b.firstAt,
  };
}
