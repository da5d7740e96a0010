import { CapabilityError } from '../../../core/errors.js';
import type { NatsStoreSettings } from './nats-connection.js';
import type { JetStream } from './jetstream.js';
import { CODES, hasCode } from './failures.js';

/** What a stream of ours is asked to be; each field as JetStream calls it. */
export type StreamConfig = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly subjects: readonly string[];
};

interface StreamReply {
  readonly config: Readonly<Record<string, unknown>>;
}

/** What all our streams have in common. */
export function streamConfig(settings: NatsStoreSettings, own: StreamConfig): StreamConfig {
  return {
    retention: 'limits',
    storage: settings.storage,
    num_replicas: settings.replicas,
    max_msgs: -1,
    max_bytes: -1,
    max_age: 0,
    max_msg_size: -1,
    max_consumers: -1,
    // Where an operator sets a limit, a full stream refuses what is new: it never loses what is there.
    discard: 'new',
    allow_direct: true,
    allow_rollup_hdrs: false,
    deny_delete: false,
    deny_purge: false,
    ...own,
  };
}

/** Fields that an operator may set as he likes, without harm to what is promised. */
const FREE: ReadonlySet<string> = new Set([
  'max_bytes',
  'num_replicas',
  'max_consumers',
  'max_msg_size',
]);

/**
 * Creates the stream, or checks that it is what we need: never changes one that is there. Throws
 * CapabilityError, naming each field that differs.
 */
export async function ensureStream(jetStream: JetStream, wanted: StreamConfig): Promise<void> {
  const config = await createOrRead(jetStream, wanted);
  const differences = Object.entries(wanted)
    .filter(([field, value]) => !FREE.has(field) && !same(value, config[field]))
    .map(([field, value]) => `${field} is ${show(config[field])} instead of ${show(value)}`);
  if (differences.length === 0) return;
  throw new CapabilityError(
    `the NATS stream '${wanted.name}' is not as it has to be: ${differences.join(', ')}. ` +
      'Existing streams are never changed: use another prefix, or edit or delete it yourself',
  );
}

async function createOrRead(
  jetStream: JetStream,
  wanted: StreamConfig,
): Promise<StreamReply['config']> {
  try {
    return (await jetStream.request<StreamReply>(`STREAM.CREATE.${wanted.name}`, wanted)).config;
  } catch (error) {
    if (!hasCode(error, CODES.streamNameInUse)) throw error;
    return (await jetStream.request<StreamReply>(`STREAM.INFO.${wanted.name}`)).config;
  }
}

/** A field that a server leaves out has its zero value. */
function same(wanted: unknown, found: unknown): boolean {
  if (found === undefined) return wanted === false || wanted === 0 || wanted === '';
  return JSON.stringify(wanted) === JSON.stringify(found);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'not set';
}
