import { Buffer } from 'node:buffer';
import {
  LONGEST_NOTICE_MS,
  type NoticePost,
  type PostedNotice,
} from '../../../core/ports/results.js';
import { ensureStream, streamConfig } from '../connection/ensure-stream.js';
import type { JetStream, Stored } from '../connection/jetstream.js';
import type { NatsStoreSettings } from '../connection/nats-connection.js';
import { fromToken, toToken } from '../connection/subject-token.js';
import { inTurns } from './in-turns.js';

const NS_PER_MS = 1e6;
const MOST_AT_ONCE = 256;
/** Before each body: when its topic is forgotten, epoch ms. */
const HEAD_BYTES = 8;

export function noticesStream({ prefix }: NatsStoreSettings): string {
  return `${prefix}-notices`;
}

/** The last notice of each name, by topic. Throws CapabilityError if it is another's. */
export async function ensureNoticesStream(
  jetStream: JetStream,
  settings: NatsStoreSettings,
): Promise<void> {
  const stream = noticesStream(settings);
  const own = {
    name: stream,
    subjects: [`${stream}.*.*`],
    max_msgs_per_subject: 1,
    max_age: LONGEST_NOTICE_MS * NS_PER_MS,
  };
  await ensureStream(jetStream, streamConfig(settings, own));
}

/** Small values by topic, in a stream of their own, whose server forgets them. */
export class NoticeBoard {
  constructor(
    private readonly jetStream: JetStream,
    private readonly stream: string,
    private readonly now: () => number,
  ) {}

  async post(notices: readonly NoticePost[]): Promise<void> {
    await inTurns(notices, MOST_AT_ONCE, ({ topic, name, body, ttlMs }) => {
      const head = Buffer.alloc(HEAD_BYTES);
      head.writeDoubleBE(this.now() + ttlMs);
      const payload = Buffer.concat([head, body]);
      return this.jetStream.publish(`${this.#branch(topic)}.${toToken(name)}`, payload);
    });
  }

  async read(topic: string): Promise<readonly PostedNotice[]> {
    const subjects = await this.jetStream.subjects(this.stream, `${this.#branch(topic)}.*`);
    const found = await inTurns(subjects, MOST_AT_ONCE, (subject) =>
      this.jetStream.lastOn(this.stream, subject),
    );
    const stored = found.flatMap((one) => one ?? []);
    return isForgotten(stored, this.now()) ? [] : stored.map(noticeOf);
  }

  #branch(topic: string): string {
    return `${this.stream}.${toToken(topic)}`;
  }
}

/** What was written last has the say. */
function isForgotten(stored: readonly Stored[], now: number): boolean {
  const [latest] = stored.toSorted((one, other) => other.sequence - one.sequence);
  return latest !== undefined && Buffer.from(latest.data).readDoubleBE() <= now;
}

function noticeOf({ subject, data }: Stored): PostedNotice {
  const [, , token = ''] = subject.split('.');
  return { name: fromToken(token), body: data.subarray(HEAD_BYTES) };
}
