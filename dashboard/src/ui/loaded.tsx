import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from './problem.js';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** What was asked for, once it is there. Old data stays in sight while an error is shown above it. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  const { data, error, refetch, isPending } = query;
  return (
    <>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data !== undefined && children(data)}
      {isPending && !error && (
        <div className="loading" role="status">
          <span className="hidden">Loading</span>
          <div className="bone" />
          <div className="bone" />
          <div className="bone" />
        </div>
      )}
    </>
  );
}
