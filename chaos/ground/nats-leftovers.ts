import type { NatsConnection } from 'nats';

/**
 * Subjects of the broker that stay although nothing waits (docs/nats.md). A mark of what was handed back
 * (`c.g`) may reach the server after its message was acknowledged, and then stays: a few bytes that nobody reads.
 */
const BROKER_STAYS =
  /\.(x\.[^.]+|d\.h\.\d+|c\.q\.[^.]+|c\.g\.[^.]+\.-?\d+\.\d+|c\.mover|c\.epoch)$/;
/** Of the results', those of one id; others belong to no job. */
const OF_ID = /\.i\.([^.]+)\.[rm]$/;
const RESULTS_STAY = /\.(keeper|n\.[^.]+|x\.[^.]+\.\d+)$/;
/** Ids are tokens of a subject: what is not plain is written in another way, and not looked into. */
const PLAIN_ID = /^[\w-]+$/;

/** Messages and records that nobody needs, in a prefix that all workers have left. */
export async function natsLeftovers(
  connection: NatsConnection,
  prefix: string,
  ids: ReadonlySet<string>,
): Promise<string[]> {
  const manager = await connection.jetstreamManager();
  const left: string[] = [];
  for await (const name of manager.streams.names()) {
    // Notices are forgotten by the server, in time.
    if (!name.startsWith(`${prefix}-`) || name === `${prefix}-notices`) continue;
    const { state } = await manager.streams.info(name, { subjects_filter: '>' });
    left.push(...Object.keys(state.subjects ?? {}).filter((subject) => !belongs(subject, ids)));
  }
  return left.map((subject) => `a message at ${subject}`);
}

function belongs(subject: string, ids: ReadonlySet<string>): boolean {
  const id = OF_ID.exec(subject)?.[1];
  if (id !== undefined) return !PLAIN_ID.test(id) || ids.has(id);
  return BROKER_STAYS.test(subject) || RESULTS_STAY.test(subject);
}
