export type { NatsServers, NatsStoreOptions } from '../adapters/nats/connection/nats-connection.js';
export { NatsResults, type NatsResultsOptions } from '../adapters/nats/nats-results.js';
