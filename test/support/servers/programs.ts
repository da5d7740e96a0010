import type { Program } from './program.js';

/** The oldest Redis that is supported is 6.2; whichever from there on is at hand will do. */
export const REDIS: Program = {
  name: 'redis-server',
  variable: 'TASQUEUE_REDIS_SERVER',
  package: 'redis-server',
  oldest: '6.2',
};

export const REDIS_8: Program = {
  ...REDIS,
  variable: 'TASQUEUE_REDIS_8_SERVER',
  oldest: '8.0',
};

export const VALKEY: Program = {
  name: 'valkey-server',
  variable: 'TASQUEUE_VALKEY_SERVER',
  package: 'valkey-server',
  oldest: '8.0',
};

/** NATS 2.9 loses acknowledgements and is refused. */
export const NATS: Program = {
  name: 'nats-server',
  variable: 'TASQUEUE_NATS_SERVER',
  package: 'nats-server',
  oldest: '2.10',
};

/** What every run needs; the others are looked for by the tests that want them. */
export const NEEDED = [REDIS, NATS];
