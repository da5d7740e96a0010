import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { defineTask } from '../../lib/core/spec/define-task.js';
import type { StandardSchemaV1 } from '../../lib/core/spec/standard-schema.js';
import type { TaskDefinition } from '../../lib/core/spec/task-definition.js';
import type { InputOf, PayloadOf, ResultOf, ReturnOf } from '../../lib/core/spec/task-types.js';

interface AddPayload {
  a: number;
  b: number;
}

describe('defineTask', () => {
  it('takes payload and result as type arguments', () => {
    const Add = defineTask<AddPayload, number>('add', { queue: 'math', maxRetries: 3 });

    expectTypeOf(Add).toEqualTypeOf<TaskDefinition<AddPayload, number>>();
    expectTypeOf<PayloadOf<typeof Add>>().toEqualTypeOf<AddPayload>();
    expectTypeOf<InputOf<typeof Add>>().toEqualTypeOf<AddPayload>();
    expectTypeOf<ResultOf<typeof Add>>().toEqualTypeOf<number>();
  });

  it('has neither payload nor result unless said', () => {
    expectTypeOf(defineTask('tick')).toEqualTypeOf<TaskDefinition>();
    expectTypeOf(defineTask('tick', { queue: 'clock' })).toEqualTypeOf<TaskDefinition>();
    expectTypeOf(defineTask<AddPayload>('add')).toEqualTypeOf<TaskDefinition<AddPayload>>();
  });

  it('reads the payload from a schema, input and output apart', () => {
    const Mail = defineTask('mail', {
      payload: z.object({ to: z.email(), at: z.string().transform((text) => new Date(text)) }),
    }).returns<string>();

    expectTypeOf<InputOf<typeof Mail>>().toEqualTypeOf<{ to: string; at: string }>();
    expectTypeOf<PayloadOf<typeof Mail>>().toEqualTypeOf<{ to: string; at: Date }>();
    expectTypeOf<ResultOf<typeof Mail>>().toEqualTypeOf<string>();
  });

  it('reads the result from a schema, what is returned and what is read apart', () => {
    const Count = defineTask('count', {
      payload: z.string(),
      result: z.number().transform((count) => `${count} found`),
    });

    expectTypeOf<PayloadOf<typeof Count>>().toEqualTypeOf<string>();
    expectTypeOf<ReturnOf<typeof Count>>().toEqualTypeOf<number>();
    expectTypeOf<ResultOf<typeof Count>>().toEqualTypeOf<string>();
  });

  it('takes a result schema alone', () => {
    const Now = defineTask('now', { result: z.number() });

    expectTypeOf(Now).toEqualTypeOf<TaskDefinition<void, number>>();
  });

  it('takes a Standard Schema of any make', () => {
    const schema: StandardSchemaV1<string, number> = z.string().transform(Number);
    const Parse = defineTask('parse', { payload: schema });

    expectTypeOf<InputOf<typeof Parse>>().toEqualTypeOf<string>();
    expectTypeOf<PayloadOf<typeof Parse>>().toEqualTypeOf<number>();
  });

  it('refuses a schema of another type than the one said', () => {
    // @ts-expect-error -- the schema gives no numbers
    defineTask<AddPayload, number>('add', { payload: z.object({ a: z.string() }) });
  });

  it('refuses unknown options', () => {
    // @ts-expect-error -- misspelt
    defineTask('add', { maxRetrys: 3 });
  });

  it('gives definitions that cannot be changed', () => {
    const Add = defineTask<AddPayload, number>('add');

    // @ts-expect-error -- readonly
    Add.queue = 'other';
  });
});

describe('a definition', () => {
  const Add = defineTask<AddPayload, number>('add');
  const Tick = defineTask('tick');
  const Nudge = defineTask<AddPayload | undefined>('nudge');

  it('asks for the payload where it has one', () => {
    Add.job({ a: 1, b: 2 });
    Add.job({ a: 1, b: 2 }, { priority: 1 });
    // @ts-expect-error -- no payload
    Add.job();
    // @ts-expect-error -- a wrong payload
    Add.job({ a: '1', b: 2 });
  });

  it('leaves the payload out where it may be undefined', () => {
    Tick.job();
    Tick.job(undefined, { id: 'tick-1' });
    Nudge.job();
    Nudge.job({ a: 1, b: 2 });
    // @ts-expect-error -- no payload is wanted
    Tick.job({ a: 1 });
  });
});
