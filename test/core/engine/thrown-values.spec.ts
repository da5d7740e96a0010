import { describe, expect, it } from 'vitest';
import { Scripted, scripted } from '../../support/engine/scripted.js';

class Unreadable extends Error {
  override get message(): string {
    throw new Error('a getter that throws');
  }
}

const silent = new RangeError('said and taken back');
silent.message = '';

const proxy = new Proxy(
  {},
  {
    getPrototypeOf() {
      throw new Error('no prototype for you');
    },
  },
);

const thrown: [string, unknown, RegExp][] = [
  ['a text', 'just a text', /^just a text$/],
  ['undefined', undefined, /^undefined$/],
  ['null', null, /^null$/],
  ['a number', 42, /^42$/],
  ['an object with a message', { message: 'of an object' }, /^of an object$/],
  ['a plain object', { reason: 'none' }, /reason/],
  ['an error without a message', silent, /RangeError/],
  ['an error whose getter throws', new Unreadable(), /./],
  ['a proxy without a prototype', proxy, /./],
  ['a symbol', Symbol('s'), /Symbol\(s\)/],
];

describe.each([
  [
    'at once',
    (value: unknown) => {
      throw value;
    },
  ],
  [
    'by a promise',
    async (value: unknown) => {
      throw value;
    },
  ],
])('what a handler throws %s', (_, handler) => {
  it.each(thrown)('fails its job, and the worker lives: %s', async (__, value, message) => {
    const heard: unknown[] = [];
    const instance = new Scripted().task('throw', () => handler(value));
    instance.tasqueue.events.subscribe(({ name, error }) => {
      if (name === 'failed') heard.push(error);
    });
    await instance.start();
    const handle = await instance.client.enqueue('throw');
    await expect(handle.result()).rejects.toMatchObject({ code: 'TASQUEUE_JOB_FAILED' });
    const { prevError, status } = await handle.get();
    expect(status).toBe('failed');
    expect(prevError).toMatch(message);
    expect(heard).toEqual([prevError]);
    expect(await (await instance.client.enqueue('give', 'alive')).result()).toBe('alive');
  });
});

describe('a result that cannot be encoded', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;

  it.each([
    ['a circle', circle],
    ['a BigInt', 1n],
    ['a function', () => 1],
    [
      'a throwing getter',
      {
        get x(): never {
          throw new Error('no');
        },
      },
    ],
  ])('fails its job, unretried, and the worker lives: %s', async (_, value) => {
    const instance = new Scripted().task('give it', () => value, { maxRetries: 3 });
    await instance.start();
    const handle = await instance.client.enqueue('give it');
    await expect(handle.result()).rejects.toThrow(/result/);
    expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 1 });
    expect(await (await instance.client.enqueue('give', 'alive')).result()).toBe('alive');
  });
});

it('an answer whose then throws fails its job', async () => {
  // oxlint-disable-next-line unicorn/no-thenable -- the trick that the test is about
  const answer = Object.defineProperty({}, 'then', {
    get() {
      throw new Error('then throws');
    },
  });
  const instance = new Scripted().task('tricky', () => answer);
  await instance.start();
  const handle = await instance.client.enqueue('tricky');
  await expect(handle.result()).rejects.toThrow('then throws');
});

it('a payload that only the handler finds wrong fails its job as any error', async () => {
  const { client } = await scripted();
  const handle = await client.enqueue('fail', 'wrong');
  await expect(handle.result()).rejects.toThrow('wrong');
});
