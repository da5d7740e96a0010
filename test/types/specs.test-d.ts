import { describe, expectTypeOf, it } from 'vitest';
import { chain } from '../../lib/core/spec/chain.js';
import { defineTask } from '../../lib/core/spec/define-task.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import type { ChainSpec, GroupSpec, JobSpec } from '../../lib/core/spec/job-spec.js';
import type { SpecResults } from '../../lib/core/spec/task-types.js';

const Add = defineTask<{ a: number; b: number }, number>('add');
const Mail = defineTask<{ to: string }, string>('mail');
const Tick = defineTask('tick');

describe('job', () => {
  it('carries the result of its task', () => {
    expectTypeOf(job(Add, { a: 1, b: 2 })).toEqualTypeOf<JobSpec<number>>();
    expectTypeOf(Add.job({ a: 1, b: 2 })).toEqualTypeOf<JobSpec<number>>();
    expectTypeOf(job(Tick)).toEqualTypeOf<JobSpec<void>>();
  });

  it('refuses what the task does not take', () => {
    // @ts-expect-error -- no payload
    job(Add);
    // @ts-expect-error -- half a payload
    job(Add, { a: 1 });
    // @ts-expect-error -- one key too many
    job(Add, { a: 1, b: 2, c: 3 });
    // @ts-expect-error -- an unknown option
    job(Add, { a: 1, b: 2 }, { prio: 1 });
    // @ts-expect-error -- a function cannot travel with a job
    job(Add, { a: 1, b: 2 }, { backoff: () => 1 });
    // @ts-expect-error -- an instant is a Date
    job(Add, { a: 1, b: 2 }, { eta: 123 });
  });

  it('takes any payload and gives an unknown result for a name nobody registered', () => {
    expectTypeOf(job('anything', { whatever: true })).toEqualTypeOf<JobSpec<unknown>>();
    expectTypeOf(job('anything')).toEqualTypeOf<JobSpec<unknown>>();
  });

  it('keeps results apart', () => {
    // @ts-expect-error -- a number is no string
    job(Add, { a: 1, b: 2 }) satisfies JobSpec<string>;
  });
});

describe('group', () => {
  it('gives the tuple of its results', () => {
    expectTypeOf(group([job(Add, { a: 1, b: 2 }), job(Mail, { to: 'you' })])).toEqualTypeOf<
      GroupSpec<[number, string]>
    >();
    expectTypeOf(group([])).toEqualTypeOf<GroupSpec<[]>>();
  });

  it('gives an array where it is made of one', () => {
    const jobs: JobSpec<number>[] = [1, 2].map((a) => job(Add, { a, b: 0 }));

    expectTypeOf(group(jobs)).toEqualTypeOf<GroupSpec<number[]>>();
  });

  it('takes callbacks of any result', () => {
    group([], { onSuccess: [Tick.job()], onError: [job(Add, { a: 1, b: 2 })], onComplete: [] });
  });

  it('refuses what is no job', () => {
    const steps = chain([job(Tick), job(Tick)]);

    // @ts-expect-error -- a chain cannot be a member
    group([steps]);
    // @ts-expect-error -- neither can a group
    group([group([])]);
  });
});

describe('chain', () => {
  it("gives the last step's result", () => {
    expectTypeOf(chain([job(Add, { a: 1, b: 2 }), job(Mail, { to: 'you' })])).toEqualTypeOf<
      ChainSpec<string>
    >();
  });

  it('takes groups as steps, and gives the tuple of a last one', () => {
    const parts = group([job(Add, { a: 1, b: 2 }), job(Mail, { to: 'you' })]);

    expectTypeOf(chain([parts, job(Add, { a: 1, b: 2 })])).toEqualTypeOf<ChainSpec<number>>();
    expectTypeOf(chain([job(Tick), parts])).toEqualTypeOf<ChainSpec<[number, string]>>();
  });

  it('gives any of the results where it is made of an array', () => {
    const steps: (JobSpec<number> | JobSpec<string>)[] = [];

    expectTypeOf(chain(steps)).toEqualTypeOf<ChainSpec<number | string>>();
  });

  it('refuses a chain as a step', () => {
    const steps = chain([job(Tick), job(Tick)]);

    // @ts-expect-error -- write one chain
    chain([steps, job(Tick)]);
  });
});

describe('SpecResults', () => {
  it('maps what enqueueMany is given, in order', () => {
    type Given = readonly [JobSpec<number>, JobSpec<string>, JobSpec<undefined>];

    expectTypeOf<SpecResults<Given>>().toEqualTypeOf<[number, string, undefined]>();
    expectTypeOf<SpecResults<JobSpec<number>[]>>().toEqualTypeOf<number[]>();
  });
});
