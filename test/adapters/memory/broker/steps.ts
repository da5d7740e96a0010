import * as fc from 'fast-check';
import type { Message, MessageKey } from '../../../../lib/core/ports/message.js';

export const QUEUES = ['x', 'y'];
export const SESSIONS = ['s0', 's1', 's2'];

const session = fc.constantFrom(...SESSIONS);
const queue = fc.constantFrom(...QUEUES);
const delayMs = fc.constantFrom(0, 0, 0, 30, 80, 250);
const id = fc.integer({ min: 0, max: 25 }).map((number) => `m${number}`);

const generation = fc.constantFrom(1, 1, 1, 2, 3);

const message: fc.Arbitrary<Message> = fc.record({
  id,
  generation,
  kind: fc.constantFrom('job', 'job', 'plan', 'schedule'),
  queue,
  priority: fc.constantFrom(0, 0, 0, 1, -1),
  delayMs,
  fresh: fc.boolean(),
  body: fc.constant(new Uint8Array()),
});

/** What may happen to a broker. */
export type Step =
  | { readonly kind: 'tick'; readonly ms: number }
  | { readonly kind: 'enqueue'; readonly messages: readonly Message[] }
  | {
      readonly kind: 'claim';
      readonly session: string;
      readonly queue: string;
      readonly slots: number;
      readonly ahead: number;
    }
  | {
      readonly kind: 'settle';
      readonly session: string;
      readonly which: number;
      readonly how: 'ack' | 'retry' | 'release' | 'giveBack' | 'start';
      readonly delayMs: number;
    }
  | { readonly kind: 'remove'; readonly key: MessageKey }
  | { readonly kind: 'pause'; readonly queue: string; readonly paused: boolean }
  | { readonly kind: 'beat'; readonly session: string }
  | { readonly kind: 'leave'; readonly session: string }
  | { readonly kind: 'open'; readonly session: string }
  | {
      readonly kind: 'reclaim';
      readonly session: string;
      readonly to: string;
      readonly keep: number;
    };

const settle = fc.record({
  kind: fc.constant('settle'),
  session,
  which: fc.nat(10),
  how: fc.constantFrom('ack', 'retry', 'release', 'giveBack', 'start'),
  delayMs,
});
const claim = fc.record({
  kind: fc.constant('claim'),
  session,
  queue,
  slots: fc.nat(3),
  ahead: fc.nat(3),
});
const enqueue = fc.record({
  kind: fc.constant('enqueue'),
  messages: fc.array(message, { maxLength: 6 }),
});

export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: enqueue },
  { weight: 6, arbitrary: claim },
  { weight: 5, arbitrary: settle },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('beat', 'open'), session }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('tick'), ms: fc.integer({ min: 1, max: 120 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove'), key: fc.record({ id, generation }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause'), queue, paused: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave'), session }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reclaim'), session, to: session, keep: fc.nat(3) }),
  },
);
