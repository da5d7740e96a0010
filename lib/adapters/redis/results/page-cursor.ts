import { InvalidOptionsError } from '../../../core/errors.js';

/** Where a page ended: the instant of an entry, and the place within it. */
export interface PagePlace {
  readonly at: number;
  readonly order: number;
}

/** Throws InvalidOptionsError for what was never the `next` of a page. */
export function readCursor(cursor: string): PagePlace {
  const [, at, order] = /^(\d{1,15}):(\d{1,16})$/.exec(cursor) ?? [];
  if (at !== undefined && order !== undefined) return { at: Number(at), order: Number(order) };
  throw new InvalidOptionsError('page', [`cursor must be the 'next' of a page; got '${cursor}'`]);
}
