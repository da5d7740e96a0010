import { ensureStream, streamConfig } from '../connection/ensure-stream.js';
import type { JetStream } from '../connection/jetstream.js';
import type { NatsStoreSettings } from '../connection/nats-connection.js';
import { Subjects } from './messages/subjects.js';

export interface ResultsPlace {
  readonly stream: string;
  readonly subjects: Subjects;
}

export function resultsPlace({ prefix }: NatsStoreSettings): ResultsPlace {
  const stream = `${prefix}-results`;
  return { stream, subjects: new Subjects(stream) };
}

/** One stream holds it all: the last message of each subject. Throws CapabilityError if it is another's. */
export async function ensureResultsStream(
  jetStream: JetStream,
  settings: NatsStoreSettings,
): Promise<void> {
  const { stream, subjects } = resultsPlace(settings);
  const own = {
    name: stream,
    subjects: [subjects.all],
    max_msgs_per_subject: 1,
    republish: { src: subjects.announced, dest: subjects.wakes, headers_only: true },
  };
  await ensureStream(jetStream, streamConfig(settings, own));
}
