import { expect, it, onTestFinished, vi } from 'vitest';
import { NatsResults } from '../../../../lib/adapters/nats/nats-results.js';
import type { Trouble } from '../../../../lib/core/ports/trouble.js';
import { finished } from '../../../../lib/testing/conformance/results/records.js';
import { HORIZON_MS, KEEP_NONE } from '../../../../lib/testing/conformance/results/time-travel.js';
import { ManualClock } from '../../../../lib/testing/manual-clock.js';
import { NatsServer } from '../../../support/servers/nats-server.js';

const MINUTE_MS = 60_000;
/** All but what a sweep deletes by. */
const USERS = `
accounts { jobs { jetstream: enabled, users: [ { user: "u", password: "p", permissions {
  publish { deny: ["$JS.API.STREAM.PURGE.*", "$JS.API.STREAM.MSG.DELETE.*"] }
} } ] } }
`;

it('reports each sweep that fails, whatever the reason, and tries again', async () => {
  const server = await NatsServer.start({ config: USERS });
  onTestFinished(() => server.stop());
  const clock = new ManualClock();
  const servers = { servers: server.url, user: 'u', pass: 'p' };
  const results = new NatsResults(servers, { prefix: 'shop', clock });
  const troubles: Trouble[] = [];
  await results.connect({ retention: KEEP_NONE, report: (trouble) => void troubles.push(trouble) });
  onTestFinished(() => results.close());
  await results.put([{ record: finished('a', clock.now()), expect: 0 }]);
  await clock.advance(HORIZON_MS);
  await vi.waitFor(() => expect(troubles).toHaveLength(1));
  expect(troubles[0]?.doing).toBe('forgetting what is past its retention');
  expect(String(troubles[0]?.error)).toContain('lacks the right');
  await clock.advance(MINUTE_MS);
  await vi.waitFor(() => expect(troubles).toHaveLength(2), { timeout: 10_000 });
});
