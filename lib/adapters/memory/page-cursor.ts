import { InvalidOptionsError } from '../../core/errors.js';

/** Where a page ended: the two numbers by which its list is ordered. */
export interface PagePlace {
  readonly rank: number;
  readonly order: number;
}

export function writeCursor({ rank, order }: PagePlace): string {
  return `${rank}:${order}`;
}

/** Throws InvalidOptionsError for what `writeCursor` never wrote. */
export function readCursor(cursor: string): PagePlace {
  const [rank = NaN, order = NaN, ...rest] = cursor.split(':').map(numberOf);
  if (!Number.isNaN(rank + order) && rest.length === 0) return { rank, order };
  throw new InvalidOptionsError('page', [`cursor must be the 'next' of a page; got '${cursor}'`]);
}

/** An empty part is no 0. */
function numberOf(part: string): number {
  return part === '' ? NaN : Number(part);
}
