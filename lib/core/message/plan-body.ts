import { AttachmentReader, AttachmentWriter } from './attachments.js';
import { broken, decodeFrame, encodeFrame } from './frame.js';
import {
  fields,
  list,
  nameOf,
  optionalGeneration,
  optionalId,
  type Fields,
} from './header-fields.js';
import {
  readPrev,
  readTemplate,
  readTemplates,
  writePrev,
  writeTemplates,
  type JobTemplate,
  type PrevResult,
} from './job-terms.js';

/** A group as a step of a chain: it becomes a plan of its own when the chain gets there. */
export interface GroupTemplate {
  readonly id?: string | undefined;
  /** As a job template has it. */
  readonly generation?: number | undefined;
  readonly members: readonly JobTemplate[];
  readonly onSuccess: readonly JobTemplate[];
  readonly onError: readonly JobTemplate[];
  readonly onComplete: readonly JobTemplate[];
}

export type StepTemplate = JobTemplate | GroupTemplate;

interface PlanBase {
  /** Epoch ms. */
  readonly enqueuedAt: number;
  /** Where the plan itself travels. */
  readonly queue: string;
  /** Accepted together with its first jobs: whoever gets the plan need not send them. */
  readonly sent: boolean;
}

export interface GroupBody extends PlanBase, GroupTemplate {
  readonly form: 'group';
  /** The chain whose step it is. */
  readonly chainId?: string | undefined;
  /** What the chain's previous step gave: each member gets it. */
  readonly prev?: PrevResult | undefined;
}

export interface ChainBody extends PlanBase {
  readonly form: 'chain';
  readonly steps: readonly StepTemplate[];
  readonly onError: readonly JobTemplate[];
}

export type PlanBody = GroupBody | ChainBody;

const NO_PAYLOAD = new Uint8Array();

export function isGroupTemplate(step: StepTemplate): step is GroupTemplate {
  return 'members' in step;
}

/** One of them is named by the caller: it may be known already, as somebody else's. */
export function hasOwnId(templates: readonly StepTemplate[]): boolean {
  return templates.some(
    (template) =>
      template.id !== undefined || (isGroupTemplate(template) && hasOwnId(template.members)),
  );
}

export function encodePlanBody(body: PlanBody): Uint8Array {
  const attachments = new AttachmentWriter();
  const header =
    body.form === 'group' ? writeGroupBody(body, attachments) : writeChainBody(body, attachments);
  return encodeFrame({
    form: 'plan',
    enqueuedAt: body.enqueuedAt,
    task: '',
    payload: NO_PAYLOAD,
    header,
    attachments: attachments.parts,
  });
}

/** Throws EncodingError when the bytes are no plan. */
export function decodePlanBody(bytes: Uint8Array): PlanBody {
  const frame = decodeFrame(bytes);
  if (frame.form !== 'plan') throw broken(`it is a ${frame.form}, not a plan`);
  const header = fields(frame.header);
  const attachments = new AttachmentReader(frame.attachments);
  const base = {
    enqueuedAt: frame.enqueuedAt,
    queue: nameOf(header['queue'], 'queue'),
    sent: header['sent'] === true,
  };
  if (header['form'] === 'chain') return { ...base, ...readChain(header, attachments) };
  if (header['form'] !== 'group') throw broken('it is neither a group nor a chain');
  return {
    ...base,
    form: 'group',
    chainId: optionalId(header['chainId'], 'chainId'),
    ...readGroup(header, attachments),
    prev: readPrev(header['prev'], attachments),
  };
}

/** Undefined where the bytes are no plan. */
export function planBodyOrNone(bytes: Uint8Array): PlanBody | undefined {
  try {
    return decodePlanBody(bytes);
  } catch {
    return undefined;
  }
}

function writeGroupBody(body: GroupBody, attachments: AttachmentWriter): Fields {
  return {
    form: body.form,
    queue: body.queue,
    sent: body.sent,
    chainId: body.chainId,
    ...writeGroup(body, attachments),
    prev: body.prev && writePrev(body.prev, attachments),
  };
}

function writeChainBody(body: ChainBody, attachments: AttachmentWriter): Fields {
  return {
    form: body.form,
    queue: body.queue,
    sent: body.sent,
    steps: body.steps.map((step) =>
      isGroupTemplate(step)
        ? { group: writeGroup(step, attachments) }
        : writeTemplates([step], attachments)[0],
    ),
    onError: writeTemplates(body.onError, attachments),
  };
}

function writeGroup(group: GroupTemplate, attachments: AttachmentWriter): Fields {
  return {
    id: group.id,
    generation: group.generation,
    members: writeTemplates(group.members, attachments),
    onSuccess: writeTemplates(group.onSuccess, attachments),
    onError: writeTemplates(group.onError, attachments),
    onComplete: writeTemplates(group.onComplete, attachments),
  };
}

function readGroup(header: Fields, attachments: AttachmentReader): GroupTemplate {
  return {
    id: optionalId(header['id'], 'id'),
    generation: optionalGeneration(header['generation'], 'generation'),
    members: readTemplates(header['members'], attachments),
    onSuccess: readTemplates(header['onSuccess'], attachments),
    onError: readTemplates(header['onError'], attachments),
    onComplete: readTemplates(header['onComplete'], attachments),
  };
}

function readChain(header: Fields, attachments: AttachmentReader) {
  const steps = list(header['steps']).map((item): StepTemplate => {
    const step = fields(item);
    return step['group'] === undefined
      ? readTemplate(step, attachments)
      : readGroup(fields(step['group']), attachments);
  });
  return { form: 'chain' as const, steps, onError: readTemplates(header['onError'], attachments) };
}
