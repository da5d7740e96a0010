import type { JobMessage } from '../../job-message.js';
import type { JobStatus } from '../../job-status.js';
import type { JobPage } from '../job-lists.js';

/** Which jobs are meant. All of it must hold. */
export interface JobQuery {
  /** Default: any. */
  readonly state?: JobStatus | undefined;
  /**
   * Qualifiers (`task:` `queue:` `id:` `group:` `chain:` `schedule:` `error:` `fingerprint:` `header.x:`
   * `payload.x.y:`) and free words, which are looked for in id, task, error and payload. A value with
   * spaces or a colon stands in double quotes; `*` stands for anything. Default: all jobs.
   */
  readonly query?: string | undefined;
  /** How the asker may see a job: what is hidden from them finds nothing either. */
  readonly seenAs?: ((job: JobMessage) => JobMessage) | undefined;
}

/** How far a scan goes in one call. */
export interface ScanRequest extends JobQuery {
  /** `next` of the call before, with the same state and query. */
  readonly cursor?: string | undefined;
  /** Jobs that one call looks at, about: 1 to 10,000. Default 1,000. */
  readonly budget?: number | undefined;
}

export interface JobSearch extends ScanRequest {
  /** Items at most: 1 to 1,000. Default 50. */
  readonly limit?: number | undefined;
}

/** How far a scan has come. */
export interface Scanned {
  /** Jobs that this call looked at. */
  readonly looked: number;
  /** Jobs in the lists that are looked through, in all. */
  readonly of: number;
}

/** There may be more even though `items` is empty: then `next` goes on with the scan. */
export interface JobSearchPage extends JobPage, Scanned {}

export interface JobCount extends Scanned {
  /** Of those looked at. */
  readonly matched: number;
  /** Pass it as `cursor` to count on; absent when all has been looked at. */
  readonly next?: string | undefined;
}
