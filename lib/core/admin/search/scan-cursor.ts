import { InvalidOptionsError } from '../../errors.js';
import { isFields } from '../../validation/shape.js';

/** Where a scan goes on: in which list, of which queue, and from where in it. */
export interface ScanPlace {
  readonly list: string;
  /** '' where the list is not one queue's. */
  readonly queue: string;
  /** `next` of that list; undefined: from its start. */
  readonly within?: string | undefined;
}

export function writeScanCursor({ list, queue, within }: ScanPlace): string {
  return Buffer.from(JSON.stringify({ list, queue, within })).toString('base64url');
}

/** Throws InvalidOptionsError for what was never the `next` of a scan. */
export function readScanCursor(cursor: string): ScanPlace {
  const place = parsed(cursor);
  if (isPlace(place)) return place;
  throw new InvalidOptionsError('search', [
    `cursor: expected the 'next' of a search, count or step before, got '${cursor.slice(0, 60)}'`,
  ]);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function isPlace(value: unknown): value is ScanPlace {
  if (!isFields(value)) return false;
  const { list, queue, within } = value;
  const isText = typeof list === 'string' && typeof queue === 'string';
  return isText && (within === undefined || typeof within === 'string');
}
