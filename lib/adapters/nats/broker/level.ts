import { ensureStream, streamConfig } from '../connection/ensure-stream.js';
import type { Ground } from './ground.js';
import { queueTokenOf } from './layout.js';

/** The messages of one queue and priority: a stream, and a consumer that hands them out in order. */
export interface Level {
  readonly queue: string;
  readonly queueToken: string;
  readonly priority: number;
  /** Short name of both. */
  readonly key: string;
  readonly stream: string;
  readonly consumer: string;
  /** What the subjects of its messages begin with. */
  readonly subjects: string;
}

/**
 * What the server waits for word of a delivery before it gives it to somebody else by itself: only
 * what a worker was handed as it died, before it could write it down, comes back this way. What stands
 * in the ledger of a session is left to it, however long it is silent, until that is swept.
 */
export const ACK_WAIT_MS = 5_000;
const MOST_WAITING_PULLS = 20_000;
const NANOS_PER_MS = 1_000_000;

export const CONSUMER = 'work';

export function levelOf({ layout }: Ground, queue: string, priority: number): Level {
  const queueToken = queueTokenOf(queue);
  return {
    queue,
    queueToken,
    priority,
    key: `${queueToken}.${priority}`,
    stream: layout.levelStream(queueToken, priority),
    consumer: CONSUMER,
    subjects: layout.levelSubjects(queueToken, priority),
  };
}

/** Creates its stream and consumer, or checks that they are as they have to be. */
export async function ensureLevel(ground: Ground, level: Level): Promise<void> {
  const { jetStream, settings } = ground;
  const subjects = [`${level.subjects}.>`];
  const stream = { name: level.stream, subjects, retention: 'workqueue', max_msgs_per_subject: 1 };
  await ensureStream(jetStream, streamConfig(settings, stream));
  await ensureConsumer(ground, level);
}

export async function ensureConsumer({ jetStream }: Ground, level: Level): Promise<void> {
  await jetStream.request(`CONSUMER.CREATE.${level.stream}.${level.consumer}`, {
    stream_name: level.stream,
    config: {
      durable_name: level.consumer,
      name: level.consumer,
      ack_policy: 'explicit',
      ack_wait: ACK_WAIT_MS * NANOS_PER_MS,
      deliver_policy: 'all',
      max_deliver: -1,
      max_ack_pending: -1,
      max_waiting: MOST_WAITING_PULLS,
      replay_policy: 'instant',
    },
  });
}

/** By which the consumer knows a delivery: what is sent there settles it. */
export function ackSubject(
  level: Level,
  delivery: {
    readonly delivered: number;
    readonly sequence: number;
    readonly consumerSequence: number;
  },
): string {
  const { delivered, sequence, consumerSequence } = delivery;
  return `$JS.ACK.${level.stream}.${level.consumer}.${delivered}.${sequence}.${consumerSequence}.0.0`;
}
