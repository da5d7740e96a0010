import { InvalidOptionsError } from '../../../core/errors.js';

/** Where something stands in an order: by instant, and within one instant by a number that only grows. */
export interface Position {
  /** Epoch ms. */
  readonly at: number;
  readonly order: number;
}

export function precedes(a: Position, b: Position): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

export function toCursor({ at, order }: Position): string {
  return `${at}/${order}`;
}

const CURSOR = /^(\d+(?:\.\d+)?)\/(\d+)$/;

export function fromCursor(cursor: string): Position {
  const [, at, order] = CURSOR.exec(cursor) ?? [];
  if (order !== undefined) return { at: Number(at), order: Number(order) };
  throw new InvalidOptionsError('page', [
    `cursor must be the 'next' of an earlier page, got '${cursor}'`,
  ]);
}
