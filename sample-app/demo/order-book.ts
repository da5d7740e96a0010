import type { OrderDraft } from '../orders/order.js';
import { REGIONS } from '../orders/region.js';
import { SKUS } from '../stock/catalogue.js';

const ORDERS = 40;
/** Of so many cards, one is stolen. */
const STOLEN_EVERY = 16;

/** The same orders each time, so that each demo ends alike. */
export function orderBook(): OrderDraft[] {
  return Array.from({ length: ORDERS }, (_, index) => ({
    id: `demo-${index + 1}`,
    customer: `customer-${index + 1}@example.com`,
    card: index % STOLEN_EVERY === STOLEN_EVERY - 1 ? 'tok_stolen' : 'tok_visa',
    region: pick(REGIONS, index),
    lines: [
      { sku: pick(SKUS, index), quantity: 1 + (index % 3) },
      { sku: pick(SKUS, index + 1), quantity: 1 },
    ],
  }));
}

/** Goes round and round in a list. */
function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}
