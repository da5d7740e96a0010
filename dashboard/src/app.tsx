import { QueryClientProvider } from '@tanstack/react-query';
import { queryClient } from './api/query-client.js';
import { Shell } from './shell/shell.js';
import { Toasts } from './shell/toasts.js';
import { Routes } from './screens/routes.js';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Toasts>
        <Shell>
          <Routes />
        </Shell>
      </Toasts>
    </QueryClientProvider>
  );
}
