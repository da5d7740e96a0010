import { isFinal } from '../../../core/job-status.js';
import type { JobRecord, RunError } from '../../../core/ports/record.js';
import { ByteReader } from './byte-reader.js';
import { AT, FLAGS, MORE, PLACE_BYTES, ERROR_FLAGS } from './record-layout.js';

type More = Pick<
  JobRecord,
  | 'dispatched'
  | 'deleting'
  | 'retryAt'
  | 'progress'
  | 'errors'
  | 'logs'
  | 'onSuccessIds'
  | 'onErrorIds'
>;

const NONE: readonly never[] = [];
/** Of a job that ran once: run, attempt, maxRetries, retried, crashes. */
const USUAL_COUNTS = { run: 1, attempt: 1, maxRetries: 0, retried: 0, crashes: 0 };
const NOTHING_MORE: More = {
  errors: NONE,
  logs: NONE,
  onSuccessIds: NONE,
  onErrorIds: NONE,
  dispatched: false,
};

/** Reads what `encodeJob` wrote. Its bytes are views of `bytes`. */
export function decodeJob(id: string, status: JobRecord['status'], bytes: Buffer): JobRecord {
  const flags = bytes[AT.flags] ?? 0;
  const end = bytes.length - (flags & FLAGS.place ? PLACE_BYTES : 0);
  const reader = new ByteReader(bytes, AT.finishedAt, end);
  const finishedAt = reader.uint48();
  reader.at = AT.generation;
  return {
    kind: 'job',
    id,
    generation: reader.varint(),
    status,
    queue: reader.text(),
    task: reader.text(),
    planId: flags & FLAGS.plan ? reader.text() : undefined,
    ...(flags & FLAGS.counts ? readCounts(reader) : USUAL_COUNTS),
    processedAt:
      flags & FLAGS.processedAt ? readProcessedAt(reader, status, finishedAt) : undefined,
    finishedAt: isFinal(status) ? finishedAt : undefined,
    result: flags & FLAGS.result ? reader.sizedBytes() : undefined,
    ...(flags & FLAGS.more ? readMore(reader) : NOTHING_MORE),
    body: reader.rest(),
  };
}

function readProcessedAt(
  reader: ByteReader,
  status: JobRecord['status'],
  finishedAt: number,
): number {
  return isFinal(status) ? finishedAt - reader.signedVarint() : reader.uint48();
}

function readCounts(reader: ByteReader): typeof USUAL_COUNTS {
  return {
    run: reader.varint(),
    attempt: reader.varint(),
    maxRetries: reader.varint(),
    retried: reader.varint(),
    crashes: reader.varint(),
  };
}

function readMore(reader: ByteReader): More {
  const more = reader.byte();
  const readText = (): string => reader.text();
  return {
    dispatched: (more & MORE.dispatched) !== 0,
    deleting: more & MORE.deleting ? true : undefined,
    retryAt: more & MORE.retryAt ? reader.uint48() : undefined,
    progress: more & MORE.progress ? reader.sizedBytes() : undefined,
    errors: more & MORE.errors ? reader.list(() => readError(reader)) : NONE,
    logs: more & MORE.logs ? reader.list(readText) : NONE,
    onSuccessIds: more & MORE.followUps ? reader.list(readText) : NONE,
    onErrorIds: more & MORE.followUps ? reader.list(readText) : NONE,
  };
}

function readError(reader: ByteReader): RunError {
  const error = { attempt: reader.varint(), at: reader.uint48(), message: reader.text() };
  const flags = reader.byte();
  return {
    ...error,
    stack: flags & ERROR_FLAGS.stack ? reader.text() : undefined,
    startedAt: flags & ERROR_FLAGS.startedAt ? reader.uint48() : undefined,
    worker: flags & ERROR_FLAGS.worker ? reader.text() : undefined,
  };
}
