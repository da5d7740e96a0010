import { NatsBroker } from '../../../../lib/adapters/nats/nats-broker.js';
import type { Delivery } from '../../../../lib/core/ports/broker.js';
import type { Message } from '../../../../lib/core/ports/message.js';
import type { NatsServer } from '../../../support/servers/nats-server.js';

export const QUEUE = 'orders';

/** Each of its own connection, so that they know of each other by the server alone. */
export function brokerOn({ url }: NatsServer, name: string, prefix: string): NatsBroker {
  return new NatsBroker({ servers: [url], name }, { prefix });
}

/** A job whose body is its id. */
export function job(id: string, fields: Partial<Message> = {}): Message {
  const body = new TextEncoder().encode(id);
  return {
    id,
    generation: 1,
    kind: 'job',
    queue: QUEUE,
    priority: 0,
    fresh: true,
    body,
    ...fields,
  };
}

/** Opens a session that outlives the test. */
export async function openSession(
  broker: NatsBroker,
  session: string,
  ...queues: readonly string[]
): Promise<void> {
  await broker.open({ session, leaseMs: 60_000, host: 'h', pid: 1, queues });
}

/** Claims of one queue, to be started at once. */
export async function claim(
  broker: NatsBroker,
  session: string,
  { queue = QUEUE, slots = 10, waitMs = 0 } = {},
): Promise<readonly Delivery[]> {
  const claims = [{ queue, slots, ahead: 0 }];
  return (await broker.work({ session, settle: [], started: [], claims, waitMs })).deliveries;
}
