import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { QueueList } from '#contract';
import { PULSE_KEY, QUEUES_KEY } from './queries.js';
import { type Connection, PulseSource } from './pulse-source.js';
import { Refresher } from './refresher.js';

/** Refreshes what is shown when the server says that something changed, and says how it hears of it. */
export function useLive(): Connection {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('paused');

  useEffect(() => {
    let version: string | undefined;
    const refresher = new Refresher(client);
    const source = new PulseSource({
      connection: setConnection,
      pulse: (pulse) => {
        client.setQueryData(PULSE_KEY, pulse);
        client.setQueryData<QueueList>(QUEUES_KEY, { queues: pulse.queues });
        if (pulse.version === version) return;
        version = pulse.version;
        refresher.refresh();
      },
    });
    const look = () => (document.hidden ? source.pause() : source.start());
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      source.stop();
    };
  }, [client]);

  return connection;
}
