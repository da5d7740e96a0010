import type { JobMessage } from '../../job-message.js';
import type { Page, PageRequest } from '../../ports/page.js';

export interface SourcePage extends Page<JobMessage> {
  /** Jobs looked at for it: where an index passes over some, more than `items`. */
  readonly looked: number;
}

/** One list of jobs that a scan walks through. */
export interface JobSource {
  readonly list: string;
  /** '' where it is not one queue's. */
  readonly queue: string;
  /** Jobs in it, also those that an index passes over. */
  readonly size: number;
  page(request: PageRequest): Promise<SourcePage>;
}
