import type { ReportTrouble } from '../../../core/ports/trouble.js';
import type { NatsStoreSettings } from '../connection/nats-connection.js';
import type { JetStream } from '../connection/jetstream.js';
import type { NatsLink } from '../connection/nats-link.js';
import type { ServerClock } from '../connection/server-clock.js';
import type { Layout } from './layout.js';

/** What all parts of a connected broker stand on. */
export interface Ground {
  readonly link: NatsLink;
  readonly jetStream: JetStream;
  readonly clock: ServerClock;
  readonly layout: Layout;
  readonly settings: NatsStoreSettings;
  /** Says what failed of what is done between calls; nothing while there is no connection, as calls tell that. */
  readonly report: ReportTrouble;
  /** Unlike that of any other client. */
  readonly client: string;
}
