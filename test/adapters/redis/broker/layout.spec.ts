import { expect, it } from 'vitest';
import { messageOf, openSite } from './broker-site.js';

const site = openSite();

it('leaves nothing of an enqueue that could not be laid out to the next one', async () => {
  const broker = await site.broker();
  const wrong = [messageOf('a'), messageOf('b', { generation: 2 ** 40 })];
  await expect(broker.enqueue(wrong)).rejects.toThrow(RangeError);

  expect(await broker.enqueue([messageOf('c'), messageOf('d')])).toEqual(['stored', 'stored']);
  const found = await broker.find(['a', 'b', 'c', 'd']);
  expect(found.map((message) => message?.id)).toEqual([undefined, undefined, 'c', 'd']);
});
