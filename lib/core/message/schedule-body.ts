import type { CronSpec } from '../cron.js';
import type { EncodedValue } from '../encoded-value.js';
import { AttachmentReader, AttachmentWriter } from './attachments.js';
import { broken, decodeFrame, encodeFrame } from './frame.js';
import { fields, optionalText, text } from './header-fields.js';
import { readTemplate, writeTemplates, type JobTemplate } from './job-terms.js';

/** What travels for a schedule: it comes back at each slot and gives rise to a run. */
export interface ScheduleBody<Payload extends EncodedValue = EncodedValue> {
  /** Epoch ms. */
  readonly enqueuedAt: number;
  readonly spec: CronSpec;
  readonly paused: boolean;
  readonly run: JobTemplate<Payload>;
}

const NO_PAYLOAD = new Uint8Array();

export function encodeScheduleBody(body: ScheduleBody): Uint8Array {
  const attachments = new AttachmentWriter();
  const [run] = writeTemplates([body.run], attachments);
  return encodeFrame({
    form: 'schedule',
    enqueuedAt: body.enqueuedAt,
    task: '',
    payload: NO_PAYLOAD,
    header: { cron: body.spec.cron, timezone: body.spec.timezone, paused: body.paused, run },
    attachments: attachments.parts,
  });
}

/** Throws EncodingError when the bytes are no schedule. */
export function decodeScheduleBody(bytes: Uint8Array): ScheduleBody<Uint8Array> {
  const frame = decodeFrame(bytes);
  if (frame.form !== 'schedule') throw broken(`it is a ${frame.form}, not a schedule`);
  const header = fields(frame.header);
  return {
    enqueuedAt: frame.enqueuedAt,
    spec: {
      cron: text(header['cron'], 'cron'),
      timezone: optionalText(header['timezone'], 'timezone'),
    },
    paused: header['paused'] === true,
    run: readTemplate(fields(header['run']), new AttachmentReader(frame.attachments)),
  };
}
