export type { NatsServers, NatsStoreOptions } from '../adapters/nats/connection/nats-connection.js';
