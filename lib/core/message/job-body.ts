import type { EncodedValue } from '../encoded-value.js';
import { AttachmentReader, AttachmentWriter } from './attachments.js';
import { broken, decodeFrame, encodeFrame, type Frame } from './frame.js';
import { NO_TERMS, readTerms, writeTerms, type JobTerms } from './job-terms.js';

/** What travels for one job. */
export interface JobBody<Payload extends EncodedValue = Uint8Array> {
  readonly task: string;
  readonly payload: Payload;
  /** Epoch ms. */
  readonly enqueuedAt: number;
  readonly terms: JobTerms;
}

const NO_ATTACHMENTS: readonly Uint8Array[] = [];

export function encodeJobBody({
  task,
  payload,
  enqueuedAt,
  terms,
}: JobBody<EncodedValue>): Uint8Array {
  if (terms === NO_TERMS)
    return encodeFrame({ form: 'job', enqueuedAt, task, payload, attachments: NO_ATTACHMENTS });
  const attachments = new AttachmentWriter();
  const header = writeTerms(terms, attachments);
  return encodeFrame({
    form: 'job',
    enqueuedAt,
    task,
    payload,
    header,
    attachments: attachments.parts,
  });
}

/** Throws EncodingError when the bytes are no job. */
export function decodeJobBody(bytes: Uint8Array): JobBody {
  return readJobBody(decodeFrame(bytes));
}

function readJobBody(frame: Frame): JobBody {
  if (frame.form !== 'job') throw broken(`it is a ${frame.form}, not a job`);
  const { task, payload, enqueuedAt, header } = frame;
  if (task === '') throw broken('it names no task');
  if (header === undefined) return { task, payload, enqueuedAt, terms: NO_TERMS };
  return {
    task,
    payload,
    enqueuedAt,
    terms: readTerms(header, new AttachmentReader(frame.attachments)),
  };
}
