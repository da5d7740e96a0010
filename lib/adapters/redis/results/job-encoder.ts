import { isFinal } from '../../../core/job-status.js';
import type { JobRecord, RunError } from '../../../core/ports/record.js';
import type { ByteWriter } from '../scripts/byte-writer.js';
import { FLAGS, LETTERS, MORE, RECORD_VERSION, ERROR_FLAGS } from './record-layout.js';

/** Version, letter, revision, finishedAt, flags: what is written at once. */
const HEAD_BYTES = 14;

/** Lays a job out as it is stored. A plain successful one costs its body and about 30 bytes. */
export function encodeJob(writer: ByteWriter, record: JobRecord, revision: number): void {
  const more = moreOf(record);
  const flags = flagsOf(record, more);
  writer.reserve(HEAD_BYTES);
  writer.byte(RECORD_VERSION);
  writer.plainText(LETTERS[record.status]);
  writer.uint40(revision);
  writer.uint48(isFinal(record.status) ? (record.finishedAt ?? 0) : 0);
  writer.byte(flags);
  writer.varint(record.generation);
  writer.sizedText(record.queue);
  writer.sizedText(record.task);
  if (record.planId !== undefined) writer.sizedText(record.planId);
  if (flags & FLAGS.counts) writeCounts(writer, record);
  if (record.processedAt !== undefined) writeProcessedAt(writer, record, record.processedAt);
  if (record.result !== undefined) writer.sizedBytes(record.result);
  if (more !== 0) writeMore(writer, record, more);
  writer.append(record.body);
}

function flagsOf(record: JobRecord, more: number): number {
  const { run, attempt, maxRetries, retried, crashes } = record;
  let flags = 0;
  if (record.planId !== undefined) flags |= FLAGS.plan;
  if (record.result !== undefined) flags |= FLAGS.result;
  if (record.processedAt !== undefined) flags |= FLAGS.processedAt;
  if (run !== 1 || attempt !== 1 || maxRetries + retried + crashes !== 0) flags |= FLAGS.counts;
  if (more !== 0) flags |= FLAGS.more;
  return flags;
}

function moreOf(record: JobRecord): number {
  let more = 0;
  if (record.dispatched) more |= MORE.dispatched;
  if (record.deleting === true) more |= MORE.deleting;
  if (record.retryAt !== undefined) more |= MORE.retryAt;
  if (record.progress !== undefined) more |= MORE.progress;
  if (record.errors.length > 0) more |= MORE.errors;
  if (record.logs.length > 0) more |= MORE.logs;
  if (record.onSuccessIds.length + record.onErrorIds.length > 0) more |= MORE.followUps;
  return more;
}

/** Of a finished job, how long before its end, which takes a byte or two; its clock may have been set. */
function writeProcessedAt(
  writer: ByteWriter,
  { status, finishedAt }: JobRecord,
  processedAt: number,
): void {
  if (isFinal(status) && finishedAt !== undefined) writer.signedVarint(finishedAt - processedAt);
  else writer.uint48(processedAt);
}

function writeCounts(writer: ByteWriter, record: JobRecord): void {
  writer.varint(record.run);
  writer.varint(record.attempt);
  writer.varint(record.maxRetries);
  writer.varint(record.retried);
  writer.varint(record.crashes);
}

function writeMore(writer: ByteWriter, record: JobRecord, more: number): void {
  writer.byte(more);
  if (record.retryAt !== undefined) writer.uint48(record.retryAt);
  if (record.progress !== undefined) writer.sizedBytes(record.progress);
  if (more & MORE.errors) {
    writer.varint(record.errors.length);
    for (const error of record.errors) writeError(writer, error);
  }
  if (more & MORE.logs) writeTexts(writer, record.logs);
  if (more & MORE.followUps) {
    writeTexts(writer, record.onSuccessIds);
    writeTexts(writer, record.onErrorIds);
  }
}

function writeError(writer: ByteWriter, error: RunError): void {
  const { attempt, at, message, stack, startedAt, worker } = error;
  writer.varint(attempt);
  writer.uint48(at);
  writer.sizedText(message);
  writer.byte(
    (stack === undefined ? 0 : ERROR_FLAGS.stack) +
      (startedAt === undefined ? 0 : ERROR_FLAGS.startedAt) +
      (worker === undefined ? 0 : ERROR_FLAGS.worker),
  );
  if (stack !== undefined) writer.sizedText(stack);
  if (startedAt !== undefined) writer.uint48(startedAt);
  if (worker !== undefined) writer.sizedText(worker);
}

function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.varint(texts.length);
  for (const text of texts) writer.sizedText(text);
}
