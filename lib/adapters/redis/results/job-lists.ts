import { isFinal } from '../../../core/job-status.js';
import type { Page, PageRequest } from '../../../core/ports/page.js';
import type { JobRecord } from '../../../core/ports/record.js';
import type { RecordCounts, RecordFilter } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { buffer, integer, list, text } from '../scripts/reply.js';
import { Script } from '../scripts/script.js';
import { readCursor } from './page-cursor.js';
import { LETTERS } from './record-layout.js';
import type { ResultsServer } from './results-server.js';
import { readStored } from './stored-records.js';

/** Jobs that one call looks at: about a millisecond, even where hardly any passes the filter. */
const MOST_SCANNED = 1_000;
const FINAL = ['successful', 'failed', 'cancelled'] as const;

const page = new Script('results/page');
const packer = new Packer();

/** Recorded jobs by status, and how many have finished. */
export class JobLists {
  constructor(private readonly server: ResultsServer) {}

  async page(filter: RecordFilter, request: PageRequest): Promise<Page<JobRecord>> {
    if (filter.before !== undefined && !isFinal(filter.status)) return { items: [] };
    const reply = list(await this.server.run(page, packRequest(filter, request)));
    const items: JobRecord[] = [];
    for (let index = 2; index < reply.length; index += 2) {
      const { record } = readStored(text(reply[index]), buffer(reply[index + 1]));
      if (record.kind === 'job') items.push(record);
    }
    const [at, order] = reply;
    return at === null ? { items } : { items, next: `${text(at)}:${text(order)}` };
  }

  async counts(queue?: string): Promise<RecordCounts> {
    const fields = FINAL.map((status) => {
      const letter = LETTERS[status];
      return queue === undefined ? letter.toUpperCase() : letter + queue;
    });
    const values = list(await this.server.command('HMGET', ':r:c', ...fields));
    const [successful = 0, failed = 0, cancelled = 0] = values.map((value) =>
      value === null ? 0 : integer(value),
    );
    return { successful, failed, cancelled };
  }
}

function packRequest(filter: RecordFilter, { cursor, limit }: PageRequest): Buffer {
  const { status, queue, task, before } = filter;
  packer.clear().text(LETTERS[status]).number(limit).number(MOST_SCANNED);
  if (cursor === undefined) packer.boolean(false).boolean(false);
  else {
    const place = readCursor(cursor);
    packer.number(place.at).number(place.order);
  }
  packer.optional(queue).optional(task);
  if (before === undefined) packer.boolean(false);
  else packer.number(before);
  return packer.finish();
}
