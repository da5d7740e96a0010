import { expect, it } from 'vitest';
import { apart } from '../../lib/core/apart.js';
import { BrokerUnavailableError, ResultsUnavailableError } from '../../lib/core/errors.js';

const numbers = Array.from({ length: 100 }, (_, index) => index);

/** Doubles, but fails for all when one of these is among them. */
function refusing(...bad: number[]) {
  const calls: number[] = [];
  const ask = async (items: readonly number[]) => {
    calls.push(items.length);
    const found = items.find((item) => bad.includes(item));
    if (found !== undefined) throw new TypeError(`not ${found}`);
    return items.map((item) => 2 * item);
  };
  return { ask, calls };
}

it('asks once where nothing fails', async () => {
  const { ask, calls } = refusing();
  expect(await apart(numbers, ask)).toEqual(numbers.map((item) => 2 * item));
  expect(calls).toEqual([100]);
});

it('finds what fails in few calls, and answers for all others in their places', async () => {
  const { ask, calls } = refusing(0, 57);
  const replies = await apart(numbers, ask);
  expect(replies.map((reply) => (reply instanceof Error ? reply.message : reply))).toEqual(
    numbers.map((item) => ([0, 57].includes(item) ? `not ${item}` : 2 * item)),
  );
  expect(calls.length).toBeLessThan(30);
});

it.each([new BrokerUnavailableError('away', { ids: [] }), new ResultsUnavailableError('away')])(
  'asks no further while a store cannot be reached: %s',
  async (error) => {
    let calls = 0;
    const ask = async (): Promise<never> => {
      calls += 1;
      throw error;
    };
    await expect(apart(numbers, ask)).rejects.toBe(error);
    expect(calls).toBe(1);
  },
);
