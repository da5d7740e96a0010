import { SortedList } from '../sorted-list.js';
import { byPosition, type Position } from './position.js';

/** Entries in the order of their positions, oldest first. While in a list, an entry stands still. */
export class EntryList<Entry extends Position> extends SortedList<Position, Entry> {
  constructor() {
    super(byPosition);
  }
}
