import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './request.js';

const LONGEST_PAUSE_MS = 15_000;

/** What the server refused it would refuse again; what it did not answer is asked for until it does. */
const mayHelp = (error: Error): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status >= 500;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      // A dashboard is often looked at on the machine itself, without any network.
      networkMode: 'always',
      retry: (count, error) => count < 2 && mayHelp(error),
      retryDelay: (count) => Math.min(500 * 2 ** count, LONGEST_PAUSE_MS),
      // A page that shows an error tries again by itself.
      refetchInterval: (query) =>
        query.state.status === 'error' && query.state.error && mayHelp(query.state.error)
          ? 5_000
          : false,
    },
    mutations: { networkMode: 'always' },
  },
});
