import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '../../../lib/adapters/memory/page-cursor.js';
import { InvalidOptionsError } from '../../../lib/core/errors.js';

describe('a page cursor', () => {
  it.each([
    { rank: 0, order: 1 },
    { rank: -5, order: 2 ** 40 },
    { rank: 1_719_835_200_000.5, order: 3 },
    { rank: Infinity, order: 4 },
  ])('is read as it was written: %j', (place) => {
    expect(readCursor(writeCursor(place))).toEqual(place);
  });

  it.each(['', 'x', '1', '1:', ':1', ':', '1:x', '1:2:3', 'NaN:1', '\0'])(
    'is refused when it is none: %j',
    (text) => {
      expect(() => readCursor(text)).toThrow(InvalidOptionsError);
    },
  );
});
