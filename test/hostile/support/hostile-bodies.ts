import * as fc from 'fast-check';
import { rawFrame } from './raw-frame.js';

/** How deep JSON is nested where it is meant to exhaust a stack. */
const DEEP = 8_000;
const HUGE_BYTES = 300_000;

/** What may stand where a value is expected. */
const STRANGE: readonly (readonly unknown[])[] = [
  [null, true, '', -1, 0.5, -0, 2 ** 31, 2 ** 53, 1e300, -1e300, 8.64e15 + 1],
  [
    [],
    {},
    [[]],
    JSON.parse('{"then":"x"}'),
    { toString: 1, valueOf: 1, toJSON: 1, constructor: 1 },
  ],
  ['\uD800', 'a\0b\r\n', '*.>{}:', 'x'.repeat(10_000), 'give', 'work', 'group', 'chain'],
];
const strange = fc.oneof(
  fc.constantFrom(...STRANGE.flat()),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Keys of our own headers, and of JavaScript's machinery. */
const KEYS: readonly (readonly string[])[] = [
  ['maxRetries', 'backoff', 'timeoutMs', 'defined', 'priority', 'eta', 'expiresAt', 'headers'],
  ['scheduleId', 'life', 'groupId', 'chainId', 'prev', 'onSuccess', 'onError', 'onComplete'],
  ['form', 'queue', 'sent', 'members', 'steps', 'id', 'generation', 'group', 'values', 'value'],
  ['cron', 'timezone', 'paused', 'run', 'task', 'payload', 'delayMs', 'terms', 'type', 'delay'],
  ['__proto__', 'constructor', 'prototype', 'then', 'toJSON', 'hasOwnProperty'],
];
const key = fc.constantFrom(...KEYS.flat());

const { header } = fc.letrec<{ header: unknown; value: unknown }>((tie) => ({
  header: fc
    .array(fc.tuple(key, tie('value')), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries) as unknown),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    strange,
    tie('header'),
    fc.array(tie('header'), { maxLength: 3 }),
  ),
}));

/** Texts of headers, some of which no object would give. */
export const HEADER_TEXTS: readonly string[] = [
  '[1,2',
  'null',
  '"text"',
  '{"__proto__":{"polluted":1},"headers":{"__proto__":"x","constructor":"y"}}',
  '{"maxRetries":1e999}',
  '['.repeat(DEEP) + ']'.repeat(DEEP),
  `${'{"headers":'.repeat(DEEP)}{}${'}'.repeat(DEEP)}`,
  nested('{"onSuccess":[', ']}'),
  `{"form":"group","queue":"work","members":[${template(nested('{"onError":[', ']}'))}]}`,
  `{"cron":"* * * * *","run":${template(nested('{"onSuccess":[', ']}'))}}`,
];

/** Templates within templates, each of which can be read. */
function nested(open: string, close: string): string {
  const [before = '', after = ''] = template('@').split('@');
  return `${(open + before).repeat(DEEP)}{}${(after + close).repeat(DEEP)}`;
}

function template(terms: string): string {
  return `{"task":"give","queue":"work","payload":0,"terms":${terms}}`;
}

const headerText = fc.oneof(
  { weight: 6, arbitrary: header.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.constantFrom(...HEADER_TEXTS) },
);

const tasks = ['give', '', '__proto__', 'constructor', 'x'.repeat(60_000), 'a\0b', '\u{FEFF}'];

/** A frame of ours around a header of theirs. */
const framed = fc
  .record({
    version: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.constantFrom(0, 2, 3, 255)),
    form: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(1, 2, 3) }, fc.constantFrom(0, 4, 127)),
    enqueuedAt: fc.constantFrom(0, 1, 2 ** 48 - 1),
    task: fc.oneof(
      fc.constantFrom(...tasks).map((text) => new Uint8Array(Buffer.from(text))),
      fc.uint8Array({ maxLength: 5 }),
    ),
    payload: fc.oneof(
      fc.constantFrom(Uint8Array.of(0), Uint8Array.of(1), Uint8Array.of(9), new Uint8Array()),
      fc.uint8Array({ maxLength: 50 }),
      fc.json().map((text) => Uint8Array.of(1, ...Buffer.from(text))),
    ),
    header: fc.option(headerText, { nil: undefined }),
    attachments: fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 3 }),
  })
  .map(rawFrame);

const truncated = fc
  .tuple(framed, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([bytes, share]) => bytes.slice(0, Math.floor(bytes.length * share)));

const flipped = fc
  .tuple(framed, fc.nat(), fc.integer({ min: 1, max: 255 }))
  .map(([bytes, at, by]) => {
    const index = at % bytes.length;
    return bytes.with(index, (bytes[index] ?? 0) ^ by);
  });

const huge = fc.integer({ min: 0, max: 255 }).map((byte) => new Uint8Array(HUGE_BYTES).fill(byte));

/** What somebody, or a defect, may have put into a queue. */
export const hostileBody: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 5, arbitrary: framed },
  { weight: 2, arbitrary: truncated },
  { weight: 2, arbitrary: flipped },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }) },
  { weight: 1, arbitrary: huge },
);
