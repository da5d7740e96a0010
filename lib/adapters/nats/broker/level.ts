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
  /** Up to this sequence messages may have been handed out by a consumer of before. */
  readonly floor: number;
}

/** A consumer that took the place of one that was lost, or stood still. */
export interface Renewal {
  readonly priority: number;
  /** How many there were before it. */
  readonly number: number;
  readonly floor: number;
}

/**
 * What the server waits for word of a delivery before it gives it to somebody else by itself: only
 * what a worker was handed as it died, before it could write it down, comes back this way. What stands
 * in the ledger of a session is left to it, however long it is silent, until that is swept.
 */
export const ACK_WAIT_MS = 5_000;
const MOST_WAITING_PULLS = 20_000;
const NANOS_PER_MS = 1_000_000;

export function levelOf(
  { layout }: Ground,
  queue: string,
  priority: number,
  renewal?: Renewal,
): Level {
  const queueToken = queueTokenOf(queue);
  return {
    queue,
    queueToken,
    priority,
    key: `${queueToken}.${priority}`,
    stream: layout.levelStream(queueToken, priority),
    consumer: renewal === undefined ? 'work' : `work-${renewal.number}`,
    subjects: layout.levelSubjects(queueToken, priority),
    floor: renewal?.floor ?? 0,
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

/** A work queue has one consumer at most: an older one goes first. */
export async function ensureConsumer({ jetStream }: Ground, level: Level): Promise<void> {
  const { stream, consumer } = level;
  if (level.floor > 0) {
    const { consumers } = await jetStream.request<ConsumerNames>(`CONSUMER.NAMES.${stream}`);
    for (const old of consumers ?? [])
      if (old !== consumer) await jetStream.request(`CONSUMER.DELETE.${stream}.${old}`);
  }
  await jetStream.request(`CONSUMER.CREATE.${stream}.${consumer}`, {
    stream_name: stream,
    config: {
      durable_name: consumer,
      name: consumer,
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

interface ConsumerNames {
  readonly consumers?: readonly string[] | null;
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
