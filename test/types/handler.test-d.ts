import { describe, it } from 'vitest';
import { z } from 'zod';
import type { JobContext } from '../../lib/core/job-context.js';
import { defineTask } from '../../lib/core/spec/define-task.js';
import type { HandlerOf, PayloadOf } from '../../lib/core/spec/task-types.js';

interface AddPayload {
  a: number;
  b: number;
}

const Add = defineTask<AddPayload, number>('add');
const Tick = defineTask('tick');
const Parse = defineTask('parse', {
  payload: z.string().transform(Number),
  result: z.number().transform(String),
});

type AddHandler = HandlerOf<typeof Add>;

describe('HandlerOf', () => {
  it('takes a method with any part of (payload, ctx, ...rest)', () => {
    ((): number => 1) satisfies AddHandler;
    (({ a, b }: PayloadOf<typeof Add>) => a + b) satisfies AddHandler;
    (({ a }: AddPayload, ctx: JobContext<AddPayload, string>) =>
      a + ctx.attempt) satisfies AddHandler;
    ((_payload: AddPayload, _ctx: JobContext, _user: string) => 1) satisfies AddHandler;
  });

  it('takes what returns the result, a promise of it, or nothing', () => {
    (async () => 1) satisfies AddHandler;
    (() => {}) satisfies AddHandler;
    (async () => {}) satisfies AddHandler;
    ((): number | undefined => undefined) satisfies AddHandler;
  });

  it('refuses a wrong payload', () => {
    // @ts-expect-error -- b is no string
    ((payload: { a: number; b: string }) => payload.a) satisfies AddHandler;
    // @ts-expect-error -- there is no payload
    ((payload: string) => void payload) satisfies HandlerOf<typeof Tick>;
  });

  it('refuses a wrong result', () => {
    // @ts-expect-error -- no number
    (() => 'three') satisfies AddHandler;
    // @ts-expect-error -- no number, later
    (async () => 'three') satisfies AddHandler;
    // @ts-expect-error -- nobody expects a result
    (() => 3) satisfies HandlerOf<typeof Tick>;
  });

  it('hands over what comes out of a payload schema, and takes what goes into a result schema', () => {
    ((payload: number) => payload + 1) satisfies HandlerOf<typeof Parse>;
    // @ts-expect-error -- the text has been parsed by then
    ((payload: string) => payload.length) satisfies HandlerOf<typeof Parse>;
    // @ts-expect-error -- the schema makes the text
    ((payload: number) => `${payload}`) satisfies HandlerOf<typeof Parse>;
  });
});
