import { InvalidStateError, NotFoundError } from '../errors.js';
import { fewAtOnce } from '../few-at-once.js';
import { expecting, listOf, oneOf, refuse } from '../validation/check.js';
import { shape, type Table } from '../validation/shape.js';
import { name } from '../validation/values.js';
import type { BulkAction, BulkStep, BulkStepRequest } from './bulk-step.js';
import type { JobScan } from './search/job-scan.js';

/** Gives whether it did anything. */
export type JobAct = (id: string) => Promise<boolean>;

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 500;
const MOST_AT_ONCE = 8;

/** Of what a search takes, the search itself tells what is wrong. */
const taken = expecting('anything', () => true);
const STEP: Table<BulkStepRequest> = {
  action: oneOf('retry', 'cancel', 'delete', 'run-now'),
  ids: listOf('ids', name),
  state: taken,
  query: taken,
  cursor: taken,
  seenAs: taken,
  limit: expecting(
    `an integer from 1 to ${LARGEST_LIMIT}`,
    (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= LARGEST_LIMIT,
  ),
};
const checkStep = shape(STEP, {
  required: ['action'],
  rules: [
    ({ ids, state }) =>
      (ids === undefined) === (state === undefined)
        ? 'ids, state: expected one of the two, so that nothing more is meant than what was said'
        : undefined,
    ({ ids, query, cursor }) =>
      ids !== undefined && (query !== undefined || cursor !== undefined)
        ? 'ids: expected no query and no cursor beside them'
        : undefined,
    ({ ids }) =>
      Array.isArray(ids) && ids.length > LARGEST_LIMIT
        ? `ids: expected ${LARGEST_LIMIT} at most, got ${ids.length}`
        : undefined,
  ],
});

/** Acts on many jobs, a bounded number at a time; each takes the ordinary path. */
export class BulkSteps {
  constructor(
    private readonly scan: JobScan,
    private readonly acts: Readonly<Record<BulkAction, JobAct>>,
  ) {}

  async step({ action, ids, limit, ...found }: BulkStepRequest): Promise<BulkStep> {
    refuse('bulk()', checkStep({ action, ids, limit, ...found }, ''));
    if (ids !== undefined)
      return { ...(await this.#act(action, ids)), looked: ids.length, of: ids.length };
    const { items, ...scanned } = await this.scan.step(found, limit ?? DEFAULT_LIMIT);
    const done = await this.#act(
      action,
      items.map(({ id }) => id),
    );
    return { ...done, ...scanned };
  }

  async #act(action: BulkAction, ids: readonly string[]) {
    const act = this.acts[action];
    const acted = await fewAtOnce(ids, MOST_AT_ONCE, (id) => act(id).catch(isNothingToDo));
    const done = acted.filter(Boolean).length;
    return { done, skipped: ids.length - done };
  }
}

function isNothingToDo(error: unknown): false {
  if (error instanceof NotFoundError || error instanceof InvalidStateError) return false;
  throw error;
}
