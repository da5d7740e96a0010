import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Scripted } from '../../support/engine/scripted.js';
import { wrong } from '../../support/wrong.js';

const one = job('give', 1);
const aGroup = group([one]);
const aChain = chain([one, job('give', 2)]);

type Call = (client: Scripted['client']) => Promise<unknown>;

const calls: readonly (readonly [call: string, call: Call, why: string])[] = [
  ['enqueueMany(a group)', async (c) => c.enqueueMany([one, wrong(aGroup)]), 'jobs[1]'],
  ['enqueueMany(a job)', async (c) => c.enqueueMany(wrong(one)), 'jobs: expected'],
  ['enqueueMany()', async (c) => c.enqueueMany(wrong(undefined)), 'jobs: expected'],
  ['enqueueGroup(a job)', async (c) => c.enqueueGroup(wrong(one)), 'group()'],
  ['enqueueGroup(a chain)', async (c) => c.enqueueGroup(wrong(aChain)), 'group()'],
  ['enqueueGroup()', async (c) => c.enqueueGroup(wrong(undefined)), 'group()'],
  ['enqueueChain(a job)', async (c) => c.enqueueChain(wrong(one)), 'chain()'],
  ['enqueueChain(a group)', async (c) => c.enqueueChain(wrong(aGroup)), 'chain()'],
  ['enqueueChain()', async (c) => c.enqueueChain(wrong(undefined)), 'chain()'],
  [
    'enqueue(a job, options)',
    async (c) => c.enqueue(wrong(one), wrong({ id: 'x' })),
    'within job(',
  ],
];

describe('what is no spec of its kind is refused', () => {
  it.each(calls)('in %s', async (_, call, why) => {
    const { client, admin } = await new Scripted(undefined, { role: 'producer' }).connect();
    const refused = call(client);
    await expect(refused).rejects.toThrow(InvalidOptionsError);
    await expect(refused).rejects.toThrow(why);
    expect(await admin.queues()).toEqual([]);
  });
});
