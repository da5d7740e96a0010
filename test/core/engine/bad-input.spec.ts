import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';
import { scripted } from '../../support/engine/scripted.js';

const noDate = new Date(Number.NaN);

/** What is wrong with the options of a job, and what the message has to name. */
const cases: [object, RegExp][] = [
  [{ id: '' }, /id/],
  [{ id: 'x'.repeat(201) }, /id.*200/],
  [{ id: 'a\nb' }, /id/],
  [{ id: 5 }, /id/],
  [{ queue: '' }, /queue/],
  [{ maxRetries: -1 }, /maxRetries/],
  [{ maxRetries: 1.5 }, /maxRetries/],
  [{ maxRetries: Number.NaN }, /maxRetries/],
  [{ backoff: -1 }, /backoff/],
  [{ backoff: { type: 'linear', delay: 1 } }, /backoff\.type/],
  [{ backoff: { type: 'fixed' } }, /backoff\.delay/],
  [{ backoff: () => 1 }, /backoff.*function/],
  [{ timeout: 0 }, /timeout/],
  [{ timeout: '5s' }, /timeout/],
  [{ eta: noDate }, /eta.*invalid Date/],
  [{ eta: '2030-01-01' }, /eta/],
  [{ delay: -5 }, /delay/],
  [{ delay: Number.NaN }, /delay/],
  [{ delay: Infinity }, /delay/],
  [{ delay: 1, eta: new Date() }, /eta.*delay/],
  [{ schedule: '' }, /schedule/],
  [{ schedule: '* * * * *', delay: 1 }, /schedule.*delay/],
  [{ schedule: '* * * * *', eta: new Date() }, /schedule.*eta/],
  [{ schedule: '0 0 30 2 *' }, /schedule.*never/],
  [{ schedule: { cron: '* * * * *', zone: 'UTC' } }, /schedule\.zone/],
  [{ priority: 1.5 }, /priority/],
  [{ priority: 'high' }, /priority/],
  [{ expiresAt: noDate }, /expiresAt/],
  [{ onSuccess: job('give') }, /onSuccess.*array/],
  [{ onSuccess: [{}] }, /onSuccess\[0\]/],
  [{ onError: [group([])] }, /onError\[0\].*group/],
  [{ onError: [job('give', 1, { schedule: '* * * * *' })] }, /onError\[0\].*schedule/],
  [{ headers: { 'tasqueue-id': 'x' } }, /headers.*tasqueue-/],
  [{ headers: { a: 1 } }, /headers\.a/],
  [{ retries: 3 }, /retries.*did you mean 'maxRetries'/],
  [{ Priority: 3 }, /did you mean 'priority'/],
];

describe('wrong options of a job', () => {
  it.each(cases)('are refused before anything is sent: %j', async (options, message) => {
    const { client, world } = await scripted();
    const refused = client.enqueue('give', 1, wrong(options));
    await expect(refused).rejects.toThrow(InvalidOptionsError);
    await expect(refused).rejects.toThrow(message);
    expect(await world.broker.inspect.counts('tasqueue:tasks')).toMatchObject({
      waiting: 0,
      delayed: 0,
      started: 0,
    });
    expect(await world.broker.inspect.schedules()).toEqual([]);
  });

  it('are told all at once', async () => {
    const { client } = await scripted();
    const options = { priority: 'high', timeout: -1, retries: 2 };
    await expect(client.enqueue('give', 1, wrong(options))).rejects.toMatchObject({
      problems: [
        expect.stringContaining('priority'),
        expect.stringContaining('timeout'),
        expect.stringContaining('retries'),
      ],
    });
  });
});

describe('wrong things to enqueue', () => {
  it.each([
    ['nothing', undefined],
    ['an empty name', ''],
    ['a number', 5],
    ['a group', group([])],
    ['a chain', chain([job('give'), job('give')])],
    ['an object', {}],
  ])('are refused by enqueue: %s', async (_, what) => {
    const { client } = await scripted();
    await expect(client.enqueue(wrong(what))).rejects.toThrow(InvalidOptionsError);
  });

  it.each([
    ['no list', job('give')],
    ['a group among them', [job('give'), group([])]],
    ['a name among them', [job('give'), 'give']],
    ['nothing among them', [undefined]],
  ])('are refused by enqueueMany: %s', async (_, what) => {
    const { client, admin } = await scripted();
    await expect(client.enqueueMany(wrong(what))).rejects.toThrow(InvalidOptionsError);
    expect((await admin.stats('tasqueue:tasks')).queued).toBe(0);
  });

  it.each([
    ['a job', job('give')],
    ['a list', [job('give')]],
    ['nothing', undefined],
  ])('are refused by enqueueGroup and enqueueChain: %s', async (_, what) => {
    const { client } = await scripted();
    await expect(client.enqueueGroup(wrong(what))).rejects.toThrow(InvalidOptionsError);
    await expect(client.enqueueChain(wrong(what))).rejects.toThrow(InvalidOptionsError);
  });

  it('are none of these: no jobs at all', async () => {
    const { client } = await scripted();
    expect(await client.enqueueMany([])).toEqual([]);
    const handle = await client.enqueueGroup(group([]));
    expect((await handle.get()).status).toBe('successful');
  });
});
