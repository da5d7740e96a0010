import type { Candidate } from './candidate.js';
import type { Consumers } from './consumers.js';
import type { Marks } from './marks.js';
import { handedOf } from './reader.js';

/** Gives back tickets that came too late, or beyond what was asked for: as if they had never come. */
export class HandBack {
  constructor(
    private readonly marks: Marks,
    private readonly consumers: Consumers,
  ) {}

  /** Marks come first: what is handed back is somebody else's at once. */
  async all(candidates: readonly Candidate[]): Promise<void> {
    if (candidates.length === 0) return;
    await Promise.all(
      candidates.map(async ({ level, sequence, delivered }) => {
        if (await this.marks.clean(level.key, sequence, delivered))
          await this.marks.put(level.key, sequence, delivered);
      }),
    );
    await this.consumers.nak(candidates.map(handedOf));
  }
}
