import * as fc from 'fast-check';
import { InvalidStateError, NotFoundError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import type { Ledger } from './random-ledger.js';
import type { Scripted } from './scripted.js';

export const QUEUE = 'tasqueue:tasks';

type Run = (instance: Scripted, ledger: Ledger) => Promise<unknown>;

/** Something that a caller, an administrator or a handler does; shown by its name when a run fails. */
export class Step {
  constructor(
    private readonly name: string,
    readonly run: Run,
  ) {}

  [fc.toStringMethod](): string {
    return this.name;
  }
}

const OWN = ['a', 'b', 'c', 'd'];
const PLANS = ['g', 'h'];
const MEMBERS = PLANS.flatMap((id) => [0, 1, 2].map((index) => `${id}:${index}`));
const anyId = fc.constantFrom(...OWN, ...PLANS, ...MEMBERS);

const task = fc.constantFrom('give', 'give', 'fail', 'hold');
const policy = fc.record({
  maxRetries: fc.nat(2),
  backoff: fc.constantFrom(0, 10, 500),
  delay: fc.constantFrom(undefined, undefined, 20, 1_000),
  priority: fc.constantFrom(0, 0, 1),
});
const part = fc.tuple(task, policy);

const enqueue = fc.tuple(fc.constantFrom(...OWN), part).map(
  ([id, [name, options]]) =>
    new Step(`enqueue ${name} as ${id}`, async ({ client }, ledger) => {
      const tag = ledger.next();
      const [payload, success, error] = [`${id} ${tag}`, `success ${tag}`, `error ${tag}`];
      const follow = { onSuccess: [job('note', success)], onError: [job('note', error)] };
      const { duplicate } = await client.enqueue(name, payload, { id, ...options, ...follow });
      const expected = { starts: [payload], callbacks: [success, error] };
      if (!duplicate) ledger.accepted({ kind: 'job', id, ...expected });
    }),
);

const plan = fc.tuple(fc.constantFrom(...PLANS), part, part, part);

const enqueueGroup = plan.map(
  ([id, ...parts]) =>
    new Step(`enqueue a group as ${id}`, async ({ client }, ledger) => {
      const tag = ledger.next();
      const starts = parts.map((_, index) => `${index} ${tag}`);
      const jobs = parts.map(([name, options], index) => job(name, starts[index], options));
      const callbacks = [`complete ${tag}`];
      const onComplete = callbacks.map((callback) => job('note', callback));
      const { duplicate } = await client.enqueueGroup(group(jobs, { id, onComplete }));
      if (!duplicate) ledger.accepted({ kind: 'group', id, starts, callbacks });
    }),
);

const enqueueChain = plan.map(
  ([id, [name, options], ...parts]) =>
    new Step(`enqueue a chain as ${id}`, async ({ client }, ledger) => {
      const tag = ledger.next();
      const [payload, last, error] = [`first ${tag}`, `last ${tag}`, `error ${tag}`];
      const inner = group(parts.map(([inside, more]) => job(inside, `inner ${tag}`, more)));
      const steps = [job(name, payload, options), inner, job('note', last)];
      const spec = chain(steps, { id, onError: [job('note', error)] });
      const { duplicate } = await client.enqueueChain(spec);
      const expected = { starts: [payload], callbacks: [last, error] };
      if (!duplicate) ledger.accepted({ kind: 'chain', id, ...expected });
    }),
);

/** It may be refused because of how things stand. */
async function orRefused(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof NotFoundError) && !(error instanceof InvalidStateError)) throw error;
  });
}

const onId = (name: 'cancel' | 'retry' | 'deleteJob') =>
  anyId.map(
    (id) =>
      new Step(`${name} ${id}`, async ({ client }, ledger) => {
        if (name !== 'retry') ledger.touch(id);
        await orRefused(client[name](id));
      }),
  );

const endHeld = fc.tuple(fc.nat(5), fc.boolean()).map(
  ([index, well]) =>
    new Step(`${well ? 'finish' : 'fail'} a held handler`, async ({ held }) => {
      const run = held.runs.at(-1 - index);
      if (well) run?.finish('held');
      else run?.fail(new Error('held'));
    }),
);

const advance = fc
  .constantFrom(0, 5, 60, 300, 2_000, 20_000)
  .map((ms) => new Step(`advance ${ms}`, async ({ clock }) => clock.advance(ms)));

const always = (name: string, run: Run) => fc.constant(new Step(name, run));

const clear = always('clear', async ({ admin }, ledger) => {
  ledger.touch(...OWN, ...PLANS);
  await admin.clear(QUEUE);
});

const restart = always('restart', async ({ runner, clock }) => {
  const stopped = runner.stop();
  await clock.advance(15_000);
  await stopped;
  await runner.start();
});

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: enqueue },
  { weight: 2, arbitrary: enqueueGroup },
  { weight: 2, arbitrary: enqueueChain },
  { weight: 2, arbitrary: onId('cancel') },
  { weight: 3, arbitrary: onId('retry') },
  { weight: 2, arbitrary: onId('deleteJob') },
  { weight: 4, arbitrary: endHeld },
  { weight: 6, arbitrary: advance },
  { weight: 1, arbitrary: always('pause', async ({ admin }) => admin.pause(QUEUE)) },
  { weight: 1, arbitrary: always('resume', async ({ admin }) => admin.resume(QUEUE)) },
  { weight: 1, arbitrary: always('retry all', async ({ admin }) => admin.retryAll()) },
  { weight: 1, arbitrary: clear },
  { weight: 1, arbitrary: restart },
);
