import { describe, expectTypeOf, it } from 'vitest';
import { job, type JobSpec, type PayloadOf, type ResultOf } from 'nestjs-tasqueue';

declare module 'nestjs-tasqueue' {
  interface TaskRegistry {
    'registry:add': { payload: { a: number; b: number }; result: number };
    'registry:tick': { result: Date };
    'registry:note': { payload: string | undefined };
  }
}

describe('TaskRegistry', () => {
  it('is filled through the package, as users fill it', () => {
    expectTypeOf<PayloadOf<'registry:add'>>().toEqualTypeOf<{ a: number; b: number }>();
    expectTypeOf<ResultOf<'registry:add'>>().toEqualTypeOf<number>();
    expectTypeOf(job('registry:add', { a: 1, b: 2 })).toEqualTypeOf<JobSpec<number>>();
  });

  it('accepts no wrong payload for a registered name', () => {
    // @ts-expect-error -- no payload
    job('registry:add');
    // @ts-expect-error -- half a payload
    job('registry:add', { a: 1 });
    // @ts-expect-error -- a wrong payload
    job('registry:add', { a: '1', b: 2 });
    // @ts-expect-error -- another kind of payload
    job('registry:add', 'one and two');
  });

  it('leaves the payload out where it may be undefined, or is not mentioned', () => {
    expectTypeOf(job('registry:tick')).toEqualTypeOf<JobSpec<Date>>();
    expectTypeOf(job('registry:note')).toEqualTypeOf<JobSpec<void>>();
    job('registry:note', 'hello');
    // @ts-expect-error -- it takes none
    job('registry:tick', 1);
  });

  it('leaves other names, and names known at run time only, alone', () => {
    const name: string = 'registry:add';

    expectTypeOf(job('unregistered', { any: 'thing' })).toEqualTypeOf<JobSpec<unknown>>();
    expectTypeOf(job(name, { any: 'thing' })).toEqualTypeOf<JobSpec<unknown>>();
    expectTypeOf<PayloadOf<'unregistered'>>().toBeAny();
    expectTypeOf<ResultOf<'unregistered'>>().toBeUnknown();
  });
});
