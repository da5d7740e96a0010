import { expect, it } from 'vitest';
import { revisionBytes, Revisions } from '../../../../lib/adapters/redis/results/revisions.js';

it('revisions begin anew after the largest, and are never 0', () => {
  const revisions = new Revisions(2 ** 40 - 2);

  expect([revisions.next(), revisions.next()]).toEqual([2 ** 40 - 1, 1]);
});

it('revisions of two clients do not begin alike', () => {
  expect(new Revisions().next()).not.toBe(new Revisions().next());
});

it('revisions are five bytes for the server', () => {
  expect([...revisionBytes(258)]).toEqual([0, 0, 0, 1, 2]);
});
