import type { Reader } from '../../client/reader.js';
import type { Codec } from '../../codec.js';
import { decodeOrRaw } from '../../encoded-value.js';
import type { JobMessage } from '../../job-message.js';
import { attemptsOf } from './attempts.js';
import type { JobDetail, JobPosition } from './job-detail.js';

/** Shows one job with all that is known of it. */
export class JobDetails {
  constructor(
    private readonly reader: Reader,
    private readonly codec: Codec,
  ) {}

  /** Throws NotFoundError. */
  async get(id: string): Promise<JobDetail> {
    const found = await this.reader.find(id);
    const job = await this.reader.shown(id, found);
    const record = found?.kind === 'job' ? found.record : undefined;
    return {
      ...job,
      result: record?.result && decodeOrRaw(this.codec, record.result),
      attempts: record ? attemptsOf(record) : [],
      position: await this.#position(job),
    };
  }

  async #position({ id, groupId, chainId }: JobMessage): Promise<JobPosition | undefined> {
    const planId = groupId ?? chainId;
    if (planId === undefined) return undefined;
    const memberIds = await this.reader.memberIds(planId);
    const index = memberIds.indexOf(id);
    return index === -1 ? undefined : { index: index + 1, of: memberIds.length };
  }
}
