import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { LIVE, PULSE_KEY } from './queries.js';
import { type Connection, PulseSource } from './pulse-source.js';

/** Refreshes what is shown when the server says that something changed, and says how it hears of it. */
export function useLive(): Connection {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('paused');

  useEffect(() => {
    let version: string | undefined;
    const source = new PulseSource({
      connection: setConnection,
      pulse: (pulse) => {
        client.setQueryData(PULSE_KEY, pulse);
        if (pulse.version === version) return;
        version = pulse.version;
        // A slow answer is waited for: cancelling it at each pulse would never let it arrive.
        void client.invalidateQueries({ queryKey: [LIVE] }, { cancelRefetch: false });
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
