export type { RedisConnection } from '../adapters/redis/connection/redis-connection.js';
export { RedisBroker, type RedisBrokerOptions } from '../adapters/redis/redis-broker.js';
export { RedisResults, type RedisResultsOptions } from '../adapters/redis/redis-results.js';
