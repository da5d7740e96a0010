/** Something that a store does by itself, between calls, has failed. It is tried again by itself, too. */
export interface Trouble {
  /** What did not succeed: a few words that are the same each time, such as `forgetting old records`. */
  readonly doing: string;
  readonly error: unknown;
}

/**
 * Takes the troubles of a store, as often as they come: core tells the operator of each kind once in a
 * while, counts all of them, and lets health show them. Never throws.
 */
export type ReportTrouble = (trouble: Trouble) => void;
