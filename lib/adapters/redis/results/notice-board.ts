import type { NoticePost, PostedNotice } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { buffer, list, text } from '../scripts/reply.js';
import { Script } from '../scripts/script.js';
import type { ResultsServer } from './results-server.js';

/** Notices in one call. */
const MOST_NOTICES = 256;

const post = new Script('results/post');
const notices = new Script('results/notices');
const packer = new Packer();

/** Small values by topic: a hash each, which the server forgets by itself. */
export class NoticeBoard {
  constructor(private readonly server: ResultsServer) {}

  async post(posts: readonly NoticePost[]): Promise<void> {
    for (let from = 0; from < posts.length; from += MOST_NOTICES) {
      const part = posts.slice(from, from + MOST_NOTICES);
      packer.clear().list(part.length * 4);
      for (const { topic, name, body, ttlMs } of part)
        packer.text(topic).text(name).binary(body).number(ttlMs);
      await this.server.run(post, packer.finish());
    }
  }

  async read(topic: string): Promise<readonly PostedNotice[]> {
    const found = list(await this.server.run(notices, topic));
    return Array.from({ length: found.length / 2 }, (_, index) => ({
      name: text(found[index * 2]),
      body: buffer(found[index * 2 + 1]),
    }));
  }
}
