import { encodeJobBody } from '../../../lib/core/message/job-body.js';
import { NO_TERMS, type JobTemplate, type JobTerms } from '../../../lib/core/message/job-terms.js';
import { encodePlanBody, type PlanBody } from '../../../lib/core/message/plan-body.js';
import { encodeScheduleBody } from '../../../lib/core/message/schedule-body.js';

const AT = Date.UTC(2024, 0, 1);
const QUEUE = 'work';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
/** JSON, as an encoded value. */
const json = (text: string): Uint8Array => bytes(1, ...Buffer.from(text));

const template = (payload: string, more: Partial<JobTemplate<Uint8Array>> = {}) => ({
  task: 'give',
  queue: QUEUE,
  payload: json(payload),
  terms: NO_TERMS,
  ...more,
});

/** Everything that a caller may ask of a job. */
const EVERYTHING: JobTerms = {
  maxRetries: 3,
  backoff: { type: 'exponential', delay: 10, max: 1_000, jitter: 0.5 },
  timeoutMs: 60_000,
  defined: { maxRetries: 1, backoff: 5, timeoutMs: 1_000 },
  priority: -7,
  eta: AT + 1,
  expiresAt: Date.UTC(2100, 0, 1),
  headers: { 'x-tenant': 'a', ['__proto__']: 'b' },
  scheduleId: 'daily',
  life: 2,
  prev: { kind: 'values', values: [json('1'), undefined, bytes(2, 0xff)] },
  onSuccess: [template('"then"', { id: 'own', generation: 2, delayMs: 5 })],
  onError: [template('"else"', { terms: { maxRetries: 0, onError: [template('"deeper"')] } })],
};

const GROUP: PlanBody = {
  form: 'group',
  enqueuedAt: AT,
  queue: QUEUE,
  sent: false,
  members: [template('1'), template('2', { terms: { priority: 1 } })],
  onSuccess: [template('"all"')],
  onError: [],
  onComplete: [template('"over"')],
};

const CHAIN: PlanBody = {
  form: 'chain',
  enqueuedAt: AT,
  queue: QUEUE,
  sent: false,
  steps: [
    template('1'),
    { members: [template('2'), template('3')], onSuccess: [], onError: [], onComplete: [] },
    template('4'),
  ],
  onError: [template('"broken"')],
};

const job = (payload: Uint8Array, terms: JobTerms = NO_TERMS) => ({
  task: 'give',
  payload,
  enqueuedAt: AT,
  terms,
});

/** One body of every kind there is. Never change one: what it stands for lies in somebody's queue. */
export const BODIES = {
  job: {
    plain: job(json('{"a":[1,null,"ä"]}')),
    nothing: job(bytes(0)),
    bytes: job(bytes(2, 0, 255)),
    everything: job(json('"x"'), EVERYTHING),
    'of a chain': job(json('1'), { chainId: 'c', prev: { kind: 'value', value: json('7') } }),
    'of a group, by reference': job(json('1'), {
      groupId: 'g',
      prev: { kind: 'reference', id: 'large' },
    }),
  },
  plan: { group: GROUP, chain: CHAIN },
  schedule: {
    zoned: {
      enqueuedAt: AT,
      spec: { cron: '0 30 4 1 1 *', timezone: 'Europe/Berlin' },
      paused: true,
      run: template('"slot"', { terms: { headers: { a: 'b' } } }),
    },
    plain: { enqueuedAt: AT, spec: { cron: '0 0 1 1 *' }, paused: false, run: template('"slot"') },
  },
} as const;

/** Each by `kind: name`, as this release writes it. */
export function encodedBodies(): Readonly<Record<string, string>> {
  const encoded: (readonly [name: string, body: Uint8Array])[] = [];
  for (const [name, body] of Object.entries(BODIES.job))
    encoded.push([`job: ${name}`, encodeJobBody(body)]);
  for (const [name, body] of Object.entries(BODIES.plan))
    encoded.push([`plan: ${name}`, encodePlanBody(body)]);
  for (const [name, body] of Object.entries(BODIES.schedule))
    encoded.push([`schedule: ${name}`, encodeScheduleBody(body)]);
  return Object.fromEntries(
    encoded.map(([name, body]): [string, string] => [name, Buffer.from(body).toString('base64')]),
  );
}
