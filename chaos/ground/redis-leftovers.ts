import type { Redis } from 'ioredis';

/**
 * Of the broker's keys, those that stay although nothing waits (docs/redis-internals.md). What is left of a
 * session that died last goes with the next worker's beat; what it held would stand in `held:`.
 */
const BROKER_STAYS =
  /^(queues|queue-count|count|\d+|\d+:idle|\d+:wake|stop:.*|live|dead|session:.*|gone:.*)$/;
/** Of the results', those that hold what is known of ended jobs, and those that age, such as notices (`t:`). */
const RESULTS_STAY = /^(j|l:.|h:.|c|s|w|w:.*|i~.*|t:.*)$/;
/** These belong to a plan, whose id follows. */
const OF_PLAN = /^[pin]:(.+)$/;

/** Keys, messages and records that nobody needs, in a prefix that all workers have left. */
export async function redisLeftovers(
  redis: Redis,
  prefix: string,
  ids: ReadonlySet<string>,
): Promise<string[]> {
  const keys = await redis.keys(`{${prefix}}:*`);
  const orphans = keys.filter((key) => !belongs(key.slice(prefix.length + 3), ids));
  const leases = await redis.zrangebyscore(`{${prefix}}:b:live`, Date.now(), '+inf');
  const records = await redis.hkeys(`{${prefix}}:r:j`);
  const strangers = records.filter((id) => !ids.has(id));
  return [
    ...leases.map((session) => `the lease of ${session}`),
    ...orphans.map((key) => `the key ${key}`),
    ...strangers.map((id) => `the record of '${id}', which nobody asked for`),
  ];
}

/** `name`: without the prefix, such as `b:live` or `r:j`. */
function belongs(name: string, ids: ReadonlySet<string>): boolean {
  const rest = name.slice(2);
  if (name.startsWith('b:')) return BROKER_STAYS.test(rest);
  const planId = OF_PLAN.exec(rest)?.[1];
  return planId === undefined ? RESULTS_STAY.test(rest) : ids.has(planId);
}
