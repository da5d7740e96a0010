import { type Check, expecting, listOf, oneOf } from '../../core/validation/check.js';
import { recordOf, shape, type Table } from '../../core/validation/shape.js';
import { duration, int32, integerFrom, integerWithin, name } from '../../core/validation/values.js';
import type { BulkStep, CountRequest, JobState, NewJob } from '../contract/index.js';

export const STATES: readonly JobState[] = [
  'queued',
  'scheduled',
  'retrying',
  'processing',
  'successful',
  'failed',
  'cancelled',
];

const text = expecting('a text', (value) => typeof value === 'string');
const anything: Check = () => [];
const state = oneOf(...STATES);

/** One step of a bulk action. */
export const LARGEST_STEP = 500;

const BULK: Table<BulkStep> = {
  action: oneOf('retry', 'cancel', 'delete', 'run-now'),
  ids: listOf('ids', name),
  state,
  q: text,
  cursor: text,
  limit: integerWithin(1, LARGEST_STEP),
};

export const checkBulk = shape(BULK, {
  required: ['action'],
  rules: [
    ({ ids, state: of, q }) =>
      ids === undefined && of === undefined && q === undefined
        ? 'body: expected ids, or a state with or without q, got none of them: name what is meant'
        : undefined,
    ({ ids, state: of, q, cursor }) =>
      ids !== undefined && (of !== undefined || q !== undefined || cursor !== undefined)
        ? 'body: expected either ids, or state, q and cursor, got both'
        : undefined,
    ({ ids }) =>
      Array.isArray(ids) && ids.length > LARGEST_STEP
        ? `body.ids: expected at most ${LARGEST_STEP} ids, got ${ids.length}`
        : undefined,
  ],
});

const COUNT: Table<CountRequest> = { state, q: text, cursor: text };
export const checkCount = shape(COUNT);

const NEW_JOB: Table<NewJob> = {
  task: name,
  copyOf: name,
  payload: anything,
  id: name,
  queue: name,
  priority: int32,
  maxRetries: integerFrom(0),
  delayMs: duration,
  headers: recordOf(name, text),
};
export const checkNewJob = shape(NEW_JOB, { required: ['task'] });
