import { expect, it } from 'vitest';
import { Receipts } from '../../../../lib/adapters/memory/broker/receipts.js';

it('Receipts gives none twice, within a block and across blocks', () => {
  const receipts = new Receipts(7);
  const given = Array.from({ length: 1_000 }, () => receipts.next());
  expect(new Set(given).size).toBe(given.length);
});
