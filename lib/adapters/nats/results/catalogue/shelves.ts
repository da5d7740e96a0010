import { LETTERS } from '../messages/message-label.js';
import { letterCode } from './letter-codes.js';
import type { Rows } from './rows.js';
import { Shelf } from './shelf.js';

const STATUSES = ['queued', 'processing', 'retrying', 'successful', 'failed', 'cancelled'] as const;

/** The jobs of each status, in the order of pages. */
export class Shelves {
  readonly #byLetter: ReadonlyMap<number, Shelf>;

  constructor(rows: Rows) {
    this.#byLetter = new Map(
      STATUSES.map((status) => [letterCode(LETTERS[status]), new Shelf(rows)]),
    );
  }

  /** Undefined for what is no job. */
  of(letter: number): Shelf | undefined {
    return this.#byLetter.get(letter);
  }
}
