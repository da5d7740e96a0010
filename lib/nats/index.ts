export type { NatsServers, NatsStoreOptions } from '../adapters/nats/connection/nats-connection.js';
export { NatsBroker } from '../adapters/nats/nats-broker.js';
export { NatsResults, type NatsResultsOptions } from '../adapters/nats/nats-results.js';
