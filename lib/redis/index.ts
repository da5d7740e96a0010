export type { RedisConnection } from '../adapters/redis/connection/redis-connection.js';
