import type { Mark } from '../ports/results.js';

/** A mark, and whether its plan is a chain: there each end matters, in a group only the last. */
export interface MemberEnd extends Mark {
  readonly chain: boolean;
}
