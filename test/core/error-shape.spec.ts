import { describe, expect, it } from 'vitest';
import { asError, describeError } from '../../lib/core/error-shape.js';

const unreadable = () => {
  throw new Error('no reading');
};

/** An error that throws at whoever looks at it. */
function hostileError(): Error {
  const error = new Error('hidden');
  for (const key of ['stack', 'message', 'name', 'cause', 'errors'])
    Object.defineProperty(error, key, { get: unreadable });
  return error;
}

const hostileProxy = new Proxy(new Error('hidden'), {
  get: unreadable,
  getPrototypeOf: unreadable,
  getOwnPropertyDescriptor: unreadable,
  ownKeys: unreadable,
});

describe('describeError', () => {
  it('takes message and stack of an error', () => {
    const error = new TypeError('declined');

    expect(describeError(error)).toEqual({ message: 'declined', stack: error.stack });
  });

  it.each<[unknown, string]>([
    ['plain text', 'plain text'],
    ['', ''],
    [undefined, 'undefined'],
    [null, 'null'],
    [5n, '5n'],
    [Symbol('s'), 'Symbol(s)'],
    [{ message: 'like an error' }, 'like an error'],
    [{ code: 5 }, '{ code: 5 }'],
    [Object.assign(new RangeError('x'), { message: '' }), 'RangeError'],
  ])('describes %o', (thrown, message) => {
    expect(describeError(thrown).message).toBe(message);
  });

  it('has no stack for what is no error', () => {
    expect(describeError('text')).toEqual({ message: 'text' });
    expect(describeError({ message: 'a', stack: 'b' })).toEqual({ message: 'a' });
  });

  it('survives errors that throw at whoever looks at them', () => {
    expect(describeError(hostileError()).message).toBe('an error that cannot be read');
    expect(describeError(hostileProxy).message).toEqual(expect.any(String));
    expect(
      describeError({
        get message() {
          return unreadable();
        },
      }).message,
    ).toEqual(expect.any(String));
  });

  it('takes only texts for message and stack', () => {
    const error = Object.assign(new Error('x'), { message: { secret: 1 }, stack: 5 });

    expect(describeError(error)).toEqual({ message: 'Error', stack: 'Error' });
  });

  it('cuts what is too long, and never a pair of surrogates', () => {
    const error = new Error(`x${'🚀'.repeat(10_000)}`);
    const { message, stack } = describeError(error);

    expect(message.length).toBeLessThanOrEqual(4_096);
    expect(message).toMatch(/🚀 … \(cut\)$/u);
    expect(stack?.length).toBeLessThanOrEqual(8_192);
    expect(describeError('x'.repeat(4_096)).message).toBe('x'.repeat(4_096));
  });

  it('shows causes in the stack', () => {
    const root = new Error('socket closed');
    const error = new Error('charge failed', { cause: new Error('gateway', { cause: root }) });
    const { stack } = describeError(error);

    expect(stack).toContain('Error: charge failed');
    expect(stack).toContain('\nCaused by: Error: gateway');
    expect(stack).toContain('\nCaused by: Error: socket closed');
  });

  it('shows a cause behind a stack of any length', () => {
    const error = new Error('x'.repeat(20_000), { cause: 'the reason' });

    expect(describeError(error).stack).toMatch(/\nCaused by: the reason$/);
  });

  it('shows some of the errors of an AggregateError', () => {
    const errors = Array.from({ length: 1_000 }, (_, index) => new Error(`error ${index}`));
    const { stack } = describeError(new AggregateError(errors, 'many'));

    expect(stack).toContain('Error: many');
    expect(stack).toContain('\nHolds: Error: error 0');
    expect(stack).not.toContain('error 5');
  });

  it('ends where causes go round, or never end', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    class Endless extends Error {
      override get cause(): Endless {
        return new Endless('again');
      }
    }

    expect(describeError(first).stack?.match(/Caused by/g)).toHaveLength(1);
    expect(describeError(new Endless('again')).stack?.match(/Caused by/g)).toHaveLength(5);
  });
});

describe('asError', () => {
  it('gives an error as it is', () => {
    const error = new RangeError('x');

    expect(asError(error)).toBe(error);
  });

  it('gives an error that stands for anything else', () => {
    expect(asError('text')).toMatchObject({ message: 'text', cause: 'text' });
    expect(asError(undefined)).toBeInstanceOf(Error);
  });
});
