import { InvalidOptionsError } from '../../../../core/errors.js';
import type { Position } from './shelf.js';

const CURSOR = /^(\d+(?:\.\d+)?):(\d+)$/;

export function writeCursor({ at, place }: Position): string {
  return `${at}:${place}`;
}

/** Throws InvalidOptionsError for what `writeCursor` never wrote. */
export function readCursor(cursor: string): Position {
  const [, at, place] = CURSOR.exec(cursor) ?? [];
  if (at !== undefined && place !== undefined) return { at: Number(at), place: Number(place) };
  throw new InvalidOptionsError('page', [`cursor must be the 'next' of a page; got '${cursor}'`]);
}
